/**
 * Give elements the size that a browser would: jsdom lays nothing out, and a list without height
 * shows no line.
 */
export function layOut(): void {
  beforeAll(() => {
    Element.prototype.scrollIntoView = jest.fn();
    Element.prototype.scrollTo = jest.fn();
    for (const size of ['clientHeight', 'offsetHeight'] as const) {
      const owner = size === 'clientHeight' ? Element : HTMLElement;
      jest
        .spyOn(owner.prototype as HTMLElement, size, 'get')
        .mockImplementation(function (this: Element) {
          return this.matches('[role=listbox], .hnl-List') ? 240 : 28;
        });
    }
  });
  afterAll(() => jest.restoreAllMocks());
}

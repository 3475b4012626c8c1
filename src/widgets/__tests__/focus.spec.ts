import { Widget } from '@lumino/widgets';

import { keepFocus } from '../focus';

const settled = () => new Promise(resolve => setTimeout(resolve));

/**
 * A widget with two buttons that keeps the focus.
 */
function widgetOf() {
  const widget = new Widget();
  keepFocus(widget);
  const one = document.createElement('button');
  const two = document.createElement('button');
  const paragraph = document.createElement('p');
  paragraph.append(one);
  widget.node.append(paragraph, two);
  Widget.attach(widget, document.body);
  return { widget, one, two };
}

describe('keepFocus', () => {
  it('takes the focus of an element that is removed', async () => {
    const { widget, one } = widgetOf();
    one.focus();
    one.parentElement?.remove();
    await settled();
    expect(document.activeElement).toBe(widget.node);
    widget.dispose();
  });

  it('leaves it where it has moved in the meantime', async () => {
    const { widget, one, two } = widgetOf();
    one.focus();
    two.focus();
    one.remove();
    await settled();
    expect(document.activeElement).toBe(two);
    widget.dispose();
  });

  it('takes none that was elsewhere', async () => {
    const { widget, one } = widgetOf();
    one.remove();
    await settled();
    expect(document.activeElement).toBe(document.body);
    widget.dispose();
  });
});

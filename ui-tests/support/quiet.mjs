/**
 * Watch a page's requests.
 *
 * @returns What waits until none has been under way for half a second. The stream of events is
 * none of them: it stays open.
 */
export function watchRequests(page) {
  const underWay = new Set();
  let changedAt = Date.now();
  page.on('request', request => {
    if (request.resourceType() !== 'eventsource') {
      underWay.add(request);
      changedAt = Date.now();
    }
  });
  for (const end of ['requestfinished', 'requestfailed']) {
    page.on(end, request => {
      underWay.delete(request);
      changedAt = Date.now();
    });
  }
  return async () => {
    while (underWay.size > 0 || Date.now() - changedAt < 500) {
      await page.waitForTimeout(50);
    }
  };
}

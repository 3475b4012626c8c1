import { expect, test } from '@jupyterlab/galata';

// Each test listens to the page before it starts.
test.use({ autoGoto: false });

test('starts with JupyterLab, and without a word on the console', async ({
  page
}) => {
  const said: string[] = [];
  page.on('console', message => {
    const from = message.location().url + message.text();
    if (/huggingnersc/i.test(from)) {
      said.push(message.text());
    }
  });
  const answer = page.waitForResponse(/\/huggingnersc-lab\/session/);
  await page.goto();

  expect((await answer).status()).toBe(200);
  const activated = await page.evaluate(() =>
    window.jupyterapp.isPluginActivated('huggingnersc-lab:plugin')
  );
  expect(activated).toBe(true);
  expect(said).toEqual([]);
});

test('says what to do where the server extension is missing', async ({
  page
}) => {
  await page.route(/\/huggingnersc-lab\/session/, route =>
    route.fulfill({ status: 404, contentType: 'text/html', body: '<html>' })
  );
  const warning = page.waitForEvent('console', {
    predicate: message => message.text().startsWith('HuggingNERSC Lab:')
  });
  await page.goto();

  expect((await warning).type()).toBe('warning');
  expect((await warning).text()).toContain('Install the Python package');
});

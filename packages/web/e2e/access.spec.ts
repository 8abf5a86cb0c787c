import { composer, register, say, twoPeople } from './acts.ts';
import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing, ${colorScheme}`, async ({ visitors, instance }) => {
    test.setTimeout(120_000);
    const visitor = await visitors.visit({ colorScheme });
    for (const path of ['/', '/login', '/register', '/setup', '/invite/nothing-here', '/nowhere']) {
      await visitor.goto(instance.url + path);
      await expect(
        visitor
          .getByRole('heading', { level: 1 })
          .or(visitor.getByRole('heading', { level: 2 }))
          .first(),
      ).toBeVisible();
      await expectAccessible(visitor, path);
    }
    const { ada, bob } = await twoPeople(() => visitors.visit({ colorScheme }), instance.url);
    await say(
      ada,
      'Look: **bold**, `code`, ||hidden||, @everyone, #general :tada:, https://example.org and\n> a quote\n> ```\n> x\n> ```',
    );
    await say(bob, 'An answer');
    await expectAccessible(ada, 'channel');
    for (const [open, close] of [
      ['Settings', 'Close'],
      ['Invite people', 'Close'],
    ] as const) {
      await ada.getByRole('button', { name: open, exact: true }).click();
      await expect(ada.getByRole('dialog')).toBeVisible();
      await expectAccessible(ada, open);
      await ada.getByRole('dialog').getByRole('button', { name: close }).click();
    }
    await ada.keyboard.press('Control+k');
    await expectAccessible(ada, 'switcher');
  });
}

test('at 320 px everything is there and nothing scrolls sideways', async ({ visitors, instance }) => {
  const page = await visitors.visit({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  await register(page, instance.url, 'Ada');
  await page.getByRole('main').getByRole('button', { name: 'Create a server' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('A server with quite a long name for a phone');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await expect(composer(page)).toBeVisible();
  await composer(page).fill(`${'word'.repeat(60)} and more`);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('article')).toBeVisible();
  const fits = (): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(await fits()).toBe(true);
  await page.getByRole('button', { name: 'Servers and channels' }).click();
  await expect(page.getByRole('link', { name: 'general' })).toBeInViewport();
  await page.getByRole('link', { name: 'general' }).click();
  await expect(page.getByRole('link', { name: 'general' })).toBeHidden();
  await page.getByRole('button', { name: 'Show members' }).click();
  await expect(page.getByRole('complementary', { name: 'Members' })).toBeInViewport();
  expect(await fits()).toBe(true);
});

test('at 200 % zoom the page still fits and everything can be reached', async ({ visitors, instance }) => {
  // 1280 px at 200 % is 640 px of layout with twice the pixels.
  const page = await visitors.visit({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  await register(page, instance.url, 'Ada');
  for (const path of ['/', '/app']) {
    await page.goto(instance.url + path);
    await expect(page.getByRole('main')).toBeVisible();
    const fits = await page.evaluate(
      () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
    );
    expect(fits, path).toBe(true);
  }
});

test('a theme chosen in settings is worn at once and after a reload', async ({ visitors, instance }) => {
  const page = await visitors.visit();
  await register(page, instance.url, 'Ada');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('tab', { name: 'Appearance' }).click();
  await page.getByRole('radio', { name: 'High contrast' }).check();
  await page.getByRole('radio', { name: 'Dark', exact: true }).check();
  const background = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(await background()).toBe('rgb(0, 0, 0)');
  await page.reload();
  expect(await background()).toBe('rgb(0, 0, 0)');
});

test('what is not there and what is not yours say the same', async ({ visitors, instance }) => {
  const { ada } = await twoPeople(visitors.visit, instance.url);
  const hidden = new URL(ada.url()).pathname;
  const stranger = await visitors.visit();
  await register(stranger, instance.url, 'Mallory');
  const said = [];
  for (const path of [hidden, hidden.replace(/[^/]{26}/g, '01ARZ3NDEKTSV4RRFFQ69G5FAV')]) {
    await stranger.goto(instance.url + path);
    await expect(stranger.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
    said.push(await stranger.getByRole('main').innerText());
  }
  expect(said[0]).toBe(said[1]);
  await expect(stranger).toHaveTitle('Snug');
});

test('hostile text stays text', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  const hostile = '<img src=x onerror="document.title=1"> <script>document.title=2</script> javascript:alert(1)';
  await say(ada, hostile);
  await expect(bob.getByText(hostile, { exact: true })).toBeVisible();
  expect(await bob.getByRole('article').locator('img, script, a').count()).toBe(0);
});

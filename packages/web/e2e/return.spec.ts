import { startProcess } from '@snug/testkit';
import { composer, messages, say, twoPeople } from './acts.ts';
import { expect, test } from './fixtures.ts';

const LIMIT = 30_000;

test('the server is killed mid-conversation: both come back by themselves, nothing lost, nothing twice', async ({
  visitors,
}) => {
  test.setTimeout(120_000);
  await using instance = await startProcess();
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await say(ada, 'before the end');
  await expect(messages(bob, 'before the end')).toBeVisible();

  await instance.kill('SIGKILL');
  await expect(ada.getByText(/^The server cannot be reached/)).toBeVisible({ timeout: LIMIT });
  for (let i = 1; i <= 3; i++) {
    await say(ada, `ada in the dark ${i}`);
    await say(bob, `bob in the dark ${i}`);
  }
  await expect(messages(ada, 'ada in the dark 3')).toContainText("Will be sent when you're back.");
  await instance.restart();

  for (const page of [ada, bob]) {
    for (const who of ['ada', 'bob']) {
      for (let i = 1; i <= 3; i++) {
        await expect(messages(page, `${who} in the dark ${i}`)).toHaveCount(1, { timeout: LIMIT });
      }
    }
    await expect(page.getByText("Will be sent when you're back.")).toHaveCount(0);
    await expect(page.getByText(/^The server cannot be reached/)).toHaveCount(0);
  }
  await say(bob, 'and on we go');
  await expect(messages(ada, 'and on we go')).toBeVisible();
  // What a reload shows is what the server has: the same words, once each, in one order for both.
  const seen = [];
  for (const page of [ada, bob]) {
    await page.reload();
    await expect(messages(page, 'and on we go')).toBeVisible({ timeout: LIMIT });
    seen.push(await page.getByRole('article').allInnerTexts());
  }
  const words = (texts: string[] = []): string[] =>
    texts.map((text) => /\S.*(dark \d|the end|we go)/.exec(text)?.[0] ?? text);
  expect(words(seen[0]).filter((text) => /dark \d/.test(text))).toHaveLength(6);
  expect(words(seen[1])).toEqual(words(seen[0]));
});

test('offline, the page says what waits; back online it is sent once', async ({ visitors, instance }) => {
  test.setTimeout(120_000);
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await ada.context().setOffline(true);
  await say(ada, 'first from the tunnel');
  await say(ada, 'second from the tunnel');
  await expect(ada.getByText(/Two messages will be sent when you're back\.$/)).toBeVisible({ timeout: LIMIT });
  await ada.context().setOffline(false);
  await expect(messages(bob, 'second from the tunnel')).toHaveCount(1, { timeout: LIMIT });
  await expect(messages(bob, 'first from the tunnel')).toHaveCount(1);
  await expect(ada.getByText(/will be sent when/i)).toHaveCount(0);
  await expect(messages(ada, 'first from the tunnel')).toHaveCount(1);
});

test('what could not be sent yet survives a reload, and is sent once', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await ada.route('**/api/v1/channels/*/messages', (route) => route.abort());
  await ada.routeWebSocket('**/ws*', (socket) => socket.close());
  await ada.reload();
  await expect(composer(ada)).toBeVisible({ timeout: LIMIT });
  await say(ada, 'written before the reload');
  await expect(messages(ada, 'written before the reload')).toHaveCount(1);
  await ada.reload();
  await expect(messages(ada, 'written before the reload')).toHaveCount(1, { timeout: LIMIT });
  await expect(messages(bob, 'written before the reload')).toHaveCount(0);
  await ada.unrouteAll({ behavior: 'wait' });
  await expect(messages(bob, 'written before the reload')).toHaveCount(1, { timeout: LIMIT });
  await ada.reload();
  await expect(messages(ada, 'written before the reload')).toHaveCount(1, { timeout: LIMIT });
});

test('a message that the server refuses stays with its reason, and can be discarded', async ({
  visitors,
  instance,
}) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await expect(composer(bob)).toBeVisible();
  await bob.route('**/api/v1/channels/*/messages', (route) =>
    route.fulfill({
      status: 403,
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: '', title: 'no', status: 403, code: 'MISSING_PERMISSION' }),
    }),
  );
  // With the gateway shut, sends go over REST: the refusal is the server's own answer, put in its mouth.
  await bob.routeWebSocket('**/ws*', (socket) => socket.close());
  await bob.reload();
  await expect(composer(bob)).toBeVisible({ timeout: LIMIT });
  await say(bob, 'not allowed');
  const refused = messages(bob, 'not allowed');
  await expect(refused).toContainText('Not sent. You may not do that here.', { timeout: LIMIT });
  await expect(refused.getByRole('button', { name: 'Try again' })).toBeVisible();
  await refused.getByRole('button', { name: 'Discard' }).click();
  await expect(refused).toHaveCount(0);
  await expect(messages(ada, 'not allowed')).toHaveCount(0);
});

test('two tabs of one person refresh at once and both stay signed in', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  const second = await ada.context().newPage();
  await second.goto(ada.url());
  await expect(composer(second)).toBeVisible();
  for (let round = 0; round < 3; round++) {
    await Promise.all([ada.reload(), second.reload()]);
    await expect(composer(ada)).toBeVisible({ timeout: LIMIT });
    await expect(composer(second)).toBeVisible({ timeout: LIMIT });
  }
  await say(bob, 'to both of you');
  await expect(messages(ada, 'to both of you')).toHaveCount(1);
  await expect(messages(second, 'to both of you')).toHaveCount(1);
  await say(second, 'from the second tab');
  await expect(messages(ada, 'from the second tab')).toHaveCount(1);
});

test('signing out elsewhere ends this page at once, and says so', async ({ visitors, instance }) => {
  const { ada, adaName } = await twoPeople(visitors.visit, instance.url);
  const laptop = await visitors.visit();
  await laptop.goto(`${instance.url}/login`);
  await laptop.getByLabel('Username or e-mail').fill(adaName);
  await laptop.getByLabel('Password').fill('correct horse battery');
  await laptop.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(laptop.getByRole('link', { name: 'The table' })).toBeVisible();
  await laptop.getByRole('button', { name: 'Settings', exact: true }).click();
  await laptop.getByRole('tab', { name: 'Sessions' }).click();
  await laptop.getByRole('tabpanel').getByRole('button', { name: 'Sign out' }).click();
  await expect(ada.getByText('This session was ended from another device.')).toBeVisible({ timeout: LIMIT });
});

import { choose, composer, messages, register, say, twoPeople } from './acts.ts';
import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';
import { befriend, openPage, react, tool } from './talk-acts.ts';

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing in conversations, ${colorScheme}`, async ({ visitors, instance }) => {
    test.setTimeout(180_000);
    const { ada, bob, adaName, bobName } = await twoPeople(() => visitors.visit({ colorScheme }), instance.url);
    await say(bob, `@${adaName} look at this`);
    await react(ada, 'look at this', 'heart');
    await choose(ada, 'look at this', 'Pin');
    await choose(ada, 'look at this', 'Start a thread');
    await expectAccessible(ada, 'start a thread');
    await ada.getByRole('dialog').getByLabel('Name').fill('About that');
    await ada.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
    await expect(ada.getByText('Ada started this thread')).toBeVisible();
    await expectAccessible(ada, 'thread');
    await ada.getByRole('link', { name: 'in #general' }).click();
    await expectAccessible(ada, 'channel');
    for (const name of ['Pinned messages', 'Threads', 'Notifications']) {
      await tool(ada, name).click();
      await expect(ada.getByRole('dialog')).toBeVisible();
      await expectAccessible(ada, name);
      await ada.keyboard.press('Escape');
    }
    await composer(ada).pressSequentially('@');
    await expect(ada.getByRole('option').first()).toBeVisible();
    await expectAccessible(ada, 'suggestions');
    await composer(ada).fill('');
    await messages(ada, 'look at this').hover();
    await ada.getByRole('toolbar').getByRole('button', { name: 'Add reaction' }).click();
    await expect(ada.getByRole('option').first()).toBeVisible();
    await expectAccessible(ada, 'emoji');
    await ada.keyboard.press('Escape');
    await choose(ada, 'look at this', 'Select messages');
    await expectAccessible(ada, 'selecting');
    await ada.keyboard.press('Escape');
    await messages(ada, 'look at this').getByRole('button', { name: 'Bob' }).click();
    await expectAccessible(ada, 'card');
    await ada.keyboard.press('Escape');

    await befriend(ada, bob, { one: 'Ada', otherUsername: bobName });
    for (const tab of ['All', 'Requests', 'Blocked', 'Find people']) {
      await ada.getByRole('tab', { name: tab }).click();
      await expectAccessible(ada, `friends, ${tab}`);
    }
    await openPage(ada, 'Mentions');
    await expectAccessible(ada, 'mentions');
    await openPage(ada, 'Open groups');
    await expectAccessible(ada, 'groups');
    await ada.getByRole('button', { name: 'New group' }).first().click();
    await ada.getByRole('checkbox', { name: /Bob/ }).check();
    await expectAccessible(ada, 'new group');
    await ada.getByRole('button', { name: 'Create group' }).click();
    await expect(tool(ada, 'Group settings')).toBeVisible();
    await expectAccessible(ada, 'group');
    await tool(ada, 'Group settings').click();
    for (const tab of ['People', 'About', 'Links', 'Bans']) {
      await ada.getByRole('tab', { name: tab }).click();
      await expectAccessible(ada, `group, ${tab}`);
    }
    await ada.keyboard.press('Escape');
    await ada.getByRole('button', { name: 'Settings', exact: true }).click();
    for (const tab of ['Privacy', 'Notifications']) {
      await ada.getByRole('tab', { name: tab }).click();
      await expectAccessible(ada, tab);
    }
    await ada.goto(`${instance.url}/u/${adaName}`);
    await expect(ada.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(ada, 'profile');
  });
}

test('on a phone the new places fit and can be reached', async ({ visitors, instance }) => {
  const page = await visitors.visit({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  await register(page, instance.url, 'Ada');
  await page.getByRole('main').getByRole('button', { name: 'Create a server' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('The table');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await expect(composer(page)).toBeVisible();
  const expectFits = async (where: string): Promise<void> => {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, where).toBeLessThanOrEqual(0);
    const dialog = await page.evaluate(() => {
      const body = document.querySelector('dialog[open]');
      return body === null ? 0 : body.scrollWidth - body.clientWidth;
    });
    expect(dialog, `${where}, dialog`).toBeLessThanOrEqual(0);
  };
  for (const entry of ['Threads', 'Pinned messages', 'Notifications']) {
    await page.getByRole('button', { name: 'More of this conversation' }).click();
    await page.getByRole('menuitem', { name: entry }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectFits(entry);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  }
  await composer(page).fill('@');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expectFits('suggestions');
  await composer(page).fill('');
  for (const path of ['friends', 'friends/requests', 'friends/find', 'inbox', 'groups']) {
    await page.goto(`${instance.url}/app/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectFits(path);
  }
  await page.getByRole('button', { name: 'New group' }).first().click();
  await page.getByRole('button', { name: 'Create group' }).click();
  await expect(page.getByRole('button', { name: 'More of this conversation' })).toBeVisible();
  await page.getByRole('button', { name: 'More of this conversation' }).click();
  await page.getByRole('menuitem', { name: 'Group settings' }).click();
  for (const tab of ['People', 'About', 'Links', 'Bans']) {
    await page.getByRole('tab', { name: tab }).click();
    await expectFits(`group, ${tab}`);
  }
});

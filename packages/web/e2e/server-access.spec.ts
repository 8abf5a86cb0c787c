import type { Page } from '@playwright/test';
import { createServer, register, twoPeople } from './acts.ts';
import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';
import {
  createChannel,
  createRole,
  leaveSettings,
  onMember,
  openChannelSettings,
  openSettings,
} from './server-acts.ts';

const TABS = ['Overview', 'Roles', 'Channels', 'Members', 'Bans', 'Invites', 'Audit log'];

async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, where).toBeLessThanOrEqual(0);
}

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing where a server is run, ${colorScheme}`, async ({ visitors, instance }) => {
    test.setTimeout(240_000);
    const { ada, bob } = await twoPeople(() => visitors.visit({ colorScheme }), instance.url);
    await createChannel(ada, 'Back room', true);
    await expect(ada.getByText('Nobody else yet.')).toBeVisible();
    await ada.getByRole('button', { name: 'Add a role or a person' }).last().click();
    await ada.getByRole('dialog').getByRole('radio', { name: /Bob/ }).check();
    await expectAccessible(ada, 'a role or a person');
    await ada.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
    await expect(ada.getByRole('group', { name: 'Send messages for Bob' })).toBeVisible();
    await expectAccessible(ada, 'overrides');
    await createRole(ada, 'Gardeners');
    await ada.getByRole('radio', { name: 'Green' }).check({ force: true });
    await expectAccessible(ada, 'a role with changes');
    for (const tab of TABS) {
      await openSettings(ada, tab);
      await expectAccessible(ada, tab);
    }
    await onMember(ada, 'Bob', 'Ban');
    await expectAccessible(ada, 'a ban');
    await ada.keyboard.press('Escape');
    await leaveSettings(ada);
    await expectAccessible(ada, 'a private channel in the list');
    await ada.getByRole('complementary', { name: 'Members' }).getByRole('button', { name: /Bob/ }).click();
    await expect(ada.getByRole('button', { name: 'Manage', exact: true })).toBeVisible();
    await expectAccessible(ada, 'a member’s card');
    await bob.getByRole('link', { name: 'Public servers' }).click();
    await expect(bob.getByRole('heading', { name: 'Public servers' })).toBeVisible();
    await expectAccessible(bob, 'public servers');
    const stranger = await visitors.visit({ colorScheme });
    await stranger.goto(`${instance.url}/discover`);
    await expect(stranger.getByRole('heading', { name: 'Public servers' })).toBeVisible();
    await expectAccessible(stranger, 'public servers, signed out');
  });
}

test('at 320 px a server can be run, and nothing scrolls sideways', async ({ visitors, instance }) => {
  const page = await visitors.visit({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  await register(page, instance.url, 'Ada');
  await page.getByRole('button', { name: 'Servers and channels' }).click();
  await createServer(page, 'The table with a name that is far too long for a phone in anybody’s hand');
  await page.getByRole('button', { name: 'Servers and channels' }).click();
  await page.getByRole('button', { name: /^The table with/ }).click();
  await page.getByRole('menuitem', { name: 'Server settings' }).click();
  const nav = page.getByRole('navigation', { name: 'Server settings' });
  for (const tab of TABS) {
    // The drawer slides away when something in it was chosen.
    await expect(nav).toBeHidden();
    await page.getByRole('button', { name: 'Servers and channels' }).click();
    await nav.getByRole('link', { name: tab, exact: true }).click();
    await expect(page.getByRole('heading', { name: tab, level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(page, tab);
  }
  await expect(nav).toBeHidden();
  await page.getByRole('button', { name: 'Servers and channels' }).click();
  await nav.getByRole('link', { name: 'Roles' }).click();
  await page.getByRole('link', { name: 'mod' }).click();
  await expect(page.getByRole('heading', { name: 'Role mod' })).toBeVisible();
  await expectNoSidewaysScroll(page, 'a role');
});

test('a server is run from the keyboard alone', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  const keys = ada.keyboard;
  await ada.getByRole('button', { name: 'The table', exact: true }).focus();
  await keys.press('Enter');
  await ada.getByRole('menuitem', { name: 'Server settings' }).focus();
  await keys.press('Enter');
  await ada.getByRole('link', { name: 'Roles', exact: true }).focus();
  await keys.press('Enter');
  await ada.getByRole('button', { name: 'Create role' }).focus();
  await keys.press('Enter');
  // The dialog takes the keyboard to its first field.
  await keys.type('Gardeners');
  await keys.press('Enter');
  await expect(ada.getByRole('heading', { name: 'Role Gardeners' })).toBeVisible();
  await ada.getByRole('checkbox', { name: 'Manage channels' }).focus();
  await keys.press('Space');
  await ada.getByRole('button', { name: 'Save' }).focus();
  await keys.press('Enter');
  await expect(ada.getByText('Saved.', { exact: true })).toBeVisible();
  await ada.getByRole('button', { name: 'Give it to somebody' }).focus();
  await keys.press('Enter');
  await ada.getByRole('dialog').getByRole('radio', { name: /Bob/ }).focus();
  await keys.press('Space');
  await keys.press('Enter');
  await expect(
    ada.getByRole('list', { name: 'Members with this role' }).getByText('Bob', { exact: true }),
  ).toBeVisible();
  // What the role allows is there for Bob at once: the channel's own menu, by its key.
  await expect(bob.getByRole('button', { name: 'Create channel' })).toBeVisible();
  await openChannelSettings(bob, 'general');
  const tab = bob.getByRole('tab', { name: 'Overview' });
  await tab.focus();
  await bob.keyboard.press('ArrowRight');
  await expect(bob.getByRole('tab', { name: 'Permissions' })).toBeFocused();
  await expect(bob.getByRole('heading', { name: 'Who can see this channel' })).toBeVisible();
});

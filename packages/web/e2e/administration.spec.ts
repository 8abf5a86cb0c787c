import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startProcess } from '@snug/testkit';
import { fillRegistration, newName, PASSWORD, register } from './acts.ts';
import { expect, test } from './fixtures.ts';

const NEW_PASSWORD = 'another lamp, another room';

async function signIn(page: Page, url: string, login: string, password: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('Username or e-mail').fill(login);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    where,
  ).toEqual([]);
  const [width, inner] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(width, `${where}: nothing scrolls sideways`).toBeLessThanOrEqual(inner as number);
}

/** Opens the menu of an account and chooses; the search has left it alone in the list. */
async function act(page: Page, username: string, entry: string): Promise<void> {
  await page.getByLabel('Find an account').fill(username);
  await expect(page.getByRole('list', { name: 'Accounts' }).getByRole('listitem')).toHaveCount(1);
  await page.getByRole('button', { name: `What to do with @${username}` }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
}

test('an administrator looks after accounts, registration and the record of it', async ({ visitors }) => {
  test.setTimeout(120_000);
  // One of its own: the link that makes the administrator works once.
  await using instance = await startProcess();
  const link = /http\S+\/setup\?token=\S+/.exec(instance.output)?.[0] as string;
  const root = await visitors.visit();
  const owner = newName('root');
  await root.goto(link);
  await fillRegistration(root, owner, 'Root');
  await root.getByRole('button', { name: 'Create the owner account' }).click();
  await expect(root.getByRole('heading', { name: 'Good to see you, Root' })).toBeVisible();
  const bob = await visitors.visit();
  const username = await register(bob, instance.url, 'Bob');

  await root.getByRole('button', { name: 'Your status, settings and the way out' }).click();
  await root.getByRole('menuitem', { name: 'Administration' }).click();
  await expect(root.getByRole('heading', { name: 'Administration' })).toBeVisible();

  // Suspended: out at once, and told why on the way back.
  await act(root, username, 'Suspend');
  await root.getByRole('dialog').getByLabel('Reason (optional)').fill('too loud');
  await root.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
  await expect(root.getByRole('listitem').filter({ hasText: username })).toContainText('suspended');
  await expect(bob.getByText('This account is suspended or was deleted.')).toBeVisible();
  await act(root, username, 'Restore');
  await root.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await expect(root.getByRole('listitem').filter({ hasText: username })).not.toContainText('suspended');

  // A link for who forgot the password.
  await act(root, username, 'Make a password link');
  await root.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click();
  const reset = await root.getByRole('dialog').getByLabel('Password link').inputValue();
  await root.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
  await bob.goto(reset);
  await bob.getByLabel('New password').fill(NEW_PASSWORD);
  await bob.getByRole('button', { name: 'Set password' }).click();
  await expect(bob.getByText('Your password is set. Sign in with it.')).toBeVisible();
  await bob.goto(reset);
  await bob.getByLabel('New password').fill(NEW_PASSWORD);
  await bob.getByRole('button', { name: 'Set password' }).click();
  await expect(bob.getByText('This link was used, has expired or never worked.')).toBeVisible();
  await signIn(bob, instance.url, username, NEW_PASSWORD);
  await expect(bob.getByRole('heading', { name: 'Good to see you, Bob' })).toBeVisible();

  // Promoted and demoted while the page is open.
  await act(root, username, 'Make administrator');
  await root.getByRole('dialog').getByRole('button', { name: 'Make administrator' }).click();
  await expect(root.getByRole('listitem').filter({ hasText: username })).toContainText('administrator');
  await bob.goto(`${instance.url}/app/admin/registration`);
  await bob.getByLabel('Nobody').check();
  await bob.getByRole('button', { name: 'Save' }).click();
  await expect(bob.getByText('Saved.')).toBeVisible();
  await act(root, username, 'No longer administrator');
  await root.getByRole('dialog').getByRole('button', { name: 'No longer administrator' }).click();
  await expect(bob.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();

  await root.getByRole('tab', { name: 'Registration' }).click();
  await expect(root.getByLabel('Nobody')).toBeChecked();
  await root.getByLabel(/^As the settings of the server say/).check();
  await root.getByRole('button', { name: 'Save' }).click();
  await expect(root.getByText('Saved.')).toBeVisible();
  await root.getByRole('tab', { name: 'Audit log' }).click();
  const record = root.getByRole('list', { name: 'Audit log' });
  await expect(record.getByRole('listitem').nth(0)).toContainText('Changed registration to: as the settings');
  await expect(record.getByRole('listitem').filter({ hasText: `Suspended @${username}` })).toContainText('too loud');
  await expect(record.getByRole('listitem').filter({ hasText: 'Changed registration to: Nobody' })).toContainText(
    `by @${username}`,
  );
  await root.getByRole('tab', { name: 'Invites' }).click();
  await root.getByRole('button', { name: 'Create invite link' }).click();
  await expect(root.getByText(/register\?invite=/)).toBeVisible();
});

test('somebody leaves for good', async ({ visitors, instance }) => {
  const page = await visitors.visit();
  const username = await register(page, instance.url, 'Cara');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('tab', { name: 'Account' }).click();
  await dialog.getByRole('button', { name: 'Delete account…' }).click();
  await dialog.getByLabel('Erase them').check();
  await dialog.getByLabel('Your password').fill('not this one');
  await dialog.getByRole('button', { name: 'Delete my account for good' }).click();
  await expect(dialog.getByRole('alert')).toContainText('do not match');
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Delete my account for good' }).click();
  await expect(page.getByText('Your account is deleted.')).toBeVisible();
  await expect(page).toHaveURL(`${instance.url}/`);
  await signIn(page, instance.url, username, PASSWORD);
  await expect(page.getByRole('alert')).toContainText('do not match');
});

test('nobody else finds the page', async ({ visitors, instance }) => {
  const page = await visitors.visit();
  await page.goto(`${instance.url}/app/admin`);
  await expect(page).toHaveURL(/\/login\?next=%2Fapp%2Fadmin$/);
  await register(page, instance.url, 'Dora');
  await page.goto(`${instance.url}/app/admin/audit`);
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
});

for (const size of [
  { width: 1280, height: 800 },
  { width: 320, height: 640 },
]) {
  test(`every tab is accessible at ${size.width} px`, async ({ visitors }) => {
    await using instance = await startProcess();
    const page = await visitors.visit({ viewport: size });
    await page.goto(`${instance.url}/reset?token=nothing`);
    await expect(page.getByRole('heading', { name: 'Set a new password' })).toBeVisible();
    await expectAccessible(page, 'reset');
    await page.goto(/http\S+\/setup\?token=\S+/.exec(instance.output)?.[0] as string);
    await fillRegistration(page, newName('root'), 'Root');
    await page.getByRole('button', { name: 'Create the owner account' }).click();
    await expect(page.getByRole('heading', { name: 'Good to see you, Root' })).toBeVisible();
    for (const tab of ['accounts', 'registration', 'invites', 'audit']) {
      await page.goto(`${instance.url}/app/admin/${tab}`);
      await expect(page.getByRole('tabpanel')).toBeVisible();
      await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
      await expectAccessible(page, tab);
    }
  });
}

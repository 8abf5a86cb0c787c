import { choose, composer, createServer, messages, register, say, twoPeople } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { leaveSettings } from './server-acts.ts';

test('channels come, change and go for everybody in the server', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await ada.getByRole('button', { name: 'Create channel' }).click();
  await ada.getByRole('dialog').getByLabel('Name').fill('Garden plans');
  await ada
    .getByRole('dialog')
    .getByLabel(/^Topic/)
    .fill('Beans');
  await ada.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await expect(ada.getByRole('heading', { name: 'garden-plans', level: 1 })).toBeVisible();
  await bob.getByRole('link', { name: 'garden-plans' }).click();
  await expect(bob.getByRole('main').getByText('Beans', { exact: true })).toBeVisible();

  await ada.getByRole('link', { name: 'garden-plans' }).click({ button: 'right' });
  await ada.getByRole('menuitem', { name: 'Edit channel' }).click();
  await ada.getByLabel(/^Topic/).fill('Beans and peas');
  await ada.getByRole('button', { name: 'Save' }).click();
  await expect(bob.getByRole('main').getByText('Beans and peas')).toBeVisible();
  // Who may not manage channels is not offered it.
  await bob.getByRole('link', { name: 'garden-plans' }).click({ button: 'right' });
  await expect(bob.getByRole('menuitem', { name: 'Copy link' })).toBeVisible();
  await expect(bob.getByRole('menuitem', { name: 'Edit channel' })).toHaveCount(0);
  await bob.keyboard.press('Escape');

  await leaveSettings(ada);
  await ada.getByRole('link', { name: 'garden-plans' }).click({ button: 'right' });
  await ada.getByRole('menuitem', { name: 'Delete channel' }).click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Delete channel' }).click();
  await expect(bob.getByRole('link', { name: 'garden-plans' })).toHaveCount(0);
  await expect(bob.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await expect(ada.getByRole('heading', { name: 'general', level: 1 })).toBeVisible();
});

test('a message marked unread stays so until one comes back', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await say(ada, 'one');
  await say(ada, 'two');
  await expect(messages(bob, 'two')).toBeVisible();
  await choose(bob, 'two', 'Mark unread from here');
  await expect(bob.getByText('New', { exact: true })).toBeVisible();
  await expect(bob).toHaveTitle(/^•/);
  await bob.getByRole('link', { name: 'Direct messages', exact: true }).click();
  await expect(bob.getByRole('link', { name: 'The table, unread' })).toBeVisible();
});

test('a member leaves, and needs a new invite to come back', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  const place = bob.url();
  await bob.getByRole('button', { name: 'The table', exact: true }).click();
  await bob.getByRole('menuitem', { name: 'Leave server' }).click();
  await bob.getByRole('dialog').getByRole('button', { name: 'Leave server' }).click();
  await expect(bob.getByRole('heading', { name: 'Good to see you, Bob' })).toBeVisible();
  await expect(ada.getByRole('complementary', { name: 'Members' }).getByRole('button', { name: /Bob/ })).toHaveCount(0);
  await bob.goto(place);
  await expect(bob.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
});

test('a profile and a password are changed in settings', async ({ visitors, instance }) => {
  const page = await visitors.visit();
  const username = await register(page, instance.url, 'Ada');
  await createServer(page, 'The table');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByLabel('Display name').fill('Countess');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Saved.')).toBeVisible();
  await dialog.getByRole('tab', { name: 'Account' }).click();
  await dialog.getByLabel('Current password').fill('wrong wrong wrong');
  await dialog.getByLabel('New password').fill('another good sentence');
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await expect(dialog.getByRole('alert')).toContainText('do not match');
  await dialog.getByLabel('Current password').fill('correct horse battery');
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await expect(dialog.getByText('Your password is changed.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(
    page.getByRole('complementary', { name: 'Members' }).getByRole('button', { name: /Countess/ }),
  ).toBeVisible();

  await page
    .getByRole('button', { name: /Countess/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'A small warm room for your people.' })).toBeVisible();
  await page.goto(`${instance.url}/login`);
  await page.getByLabel('Username or e-mail').fill(username);
  await page.getByLabel('Password').fill('another good sentence');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'The table' }).click();
  await expect(composer(page)).toBeVisible();
});

test('too much text is counted and not sent', async ({ visitors, instance }) => {
  const page = await visitors.visit();
  await register(page, instance.url, 'Ada');
  await createServer(page, 'The table');
  await composer(page).fill('x'.repeat(3990));
  await expect(page.getByText('10 left')).toBeVisible();
  await composer(page).fill('x'.repeat(4003));
  await expect(page.getByText('3 characters too long')).toBeVisible();
  await composer(page).press('Enter');
  await expect(page.getByRole('article')).toHaveCount(0);
  await expect(composer(page)).toHaveValue('x'.repeat(4003));
});

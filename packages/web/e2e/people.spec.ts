import { startProcess } from '@snug/testkit';
import { choose, composer, fillRegistration, messages, newName, register, say, twoPeople } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { befriend, openPage } from './talk-acts.ts';

test('two people become friends, and one thinks better of it', async ({ visitors, instance }) => {
  const { ada, bob, bobName } = await twoPeople(visitors.visit, instance.url);
  await openPage(ada, 'Friends');
  await ada.getByRole('tab', { name: 'Requests' }).click();
  await ada.getByLabel('Username').fill('nobody-is-called-so');
  await ada.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(ada.getByRole('alert')).toContainText('There is no such person.');
  await befriend(ada, bob, { one: 'Ada', otherUsername: bobName });
  await openPage(ada, 'Friends');
  await expect(ada.getByRole('list', { name: 'Friends' })).toContainText('Bob');
  await ada.getByRole('button', { name: 'Write to Bob' }).click();
  await say(ada, 'Hello, friend');
  await bob
    .getByRole('navigation', { name: 'Direct messages' })
    .getByRole('link', { name: /Hello, friend/ })
    .click();
  await expect(messages(bob, 'Hello, friend')).toBeVisible();
  // Read, and the writer sees it.
  await expect(ada.getByText('Read', { exact: true })).toBeVisible();
  await openPage(bob, 'Friends');
  await bob.getByRole('tab', { name: 'All' }).click();
  await bob.getByRole('button', { name: 'What else to do with Ada' }).click();
  await bob.getByRole('menuitem', { name: 'Remove friend' }).click();
  await expect(bob.getByText('No friends here yet.')).toBeVisible();
  await openPage(ada, 'Friends');
  await expect(ada.getByText('No friends here yet.')).toBeVisible();
});

test('somebody is blocked: folded away in the channel, unable to write', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await say(bob, 'buy my watches');
  await messages(ada, 'buy my').getByRole('button', { name: 'Bob' }).click();
  await ada.getByRole('button', { name: 'What else to do with Bob' }).click();
  await ada.getByRole('menuitem', { name: 'Block' }).click();
  await ada.getByRole('dialog', { name: 'Block Bob?' }).getByRole('button', { name: 'Block' }).click();
  await expect(messages(ada, 'buy my')).toHaveCount(0);
  await expect(ada.getByText('A message of somebody you blocked.')).toBeVisible();
  await ada.getByRole('button', { name: 'Show the message' }).click();
  await expect(messages(ada, 'buy my')).toBeVisible();
  // He is not told; but writing to her does not work.
  await expect(messages(bob, 'buy my')).toBeVisible();
  await bob.getByRole('complementary', { name: 'Members' }).getByRole('button', { name: /Ada/ }).click();
  await bob.getByRole('button', { name: 'Message', exact: true }).click();
  await expect(bob.getByText('This person cannot be reached by you.')).toBeVisible();
  await openPage(ada, 'Friends');
  await ada.getByRole('tab', { name: 'Blocked' }).click();
  await ada.getByRole('button', { name: 'Unblock Bob' }).click();
  await expect(ada.getByText('You have blocked nobody.')).toBeVisible();
});

test('a report reaches the administrator, who deals with it', async ({ visitors }) => {
  test.setTimeout(120_000);
  await using instance = await startProcess();
  const link = /http\S+\/setup\?token=\S+/.exec(instance.output)?.[0] as string;
  const root = await visitors.visit();
  await root.goto(link);
  await fillRegistration(root, newName('root'), 'Root');
  await root.getByRole('button', { name: 'Create the owner account' }).click();
  await expect(root.getByRole('heading', { name: 'Good to see you, Root' })).toBeVisible();
  const { ada, bob, adaName, bobName } = await twoPeople(visitors.visit, instance.url);
  await say(bob, 'buy my watches');
  await expect(messages(ada, 'buy my')).toBeVisible();
  await choose(ada, 'buy my', 'Report');
  const dialog = ada.getByRole('dialog', { name: 'Report this message of Bob' });
  await dialog.getByLabel('What is wrong').fill('The same advert every day');
  await dialog.getByRole('button', { name: 'Send report' }).click();
  await expect(ada.getByText('Thank you. The report was sent.')).toBeVisible();

  await root.goto(`${instance.url}/app/admin/reports`);
  const queue = root.getByRole('list', { name: 'Reports' });
  const report = queue.getByRole('listitem');
  await expect(report).toContainText('The same advert every day');
  await expect(report).toContainText('buy my watches');
  await expect(report).toContainText(`A message of @${bobName}`);
  await expect(report).toContainText(`Reported by @${adaName}`);
  await report.getByRole('button', { name: 'Resolve' }).click();
  const closing = root.getByRole('dialog', { name: 'Resolve this report' });
  await closing.getByRole('checkbox', { name: 'Delete the reported message' }).check();
  await closing.getByLabel(/^Note/).fill('told him off');
  await closing.getByRole('button', { name: 'Resolve' }).click();
  await expect(root.getByText('Nothing waits for you.')).toBeVisible();
  await expect(messages(ada, 'buy my')).toHaveCount(0);
  await root.getByLabel('Which').selectOption('Resolved');
  await expect(report).toContainText('Note: told him off');
  await report.getByRole('button', { name: 'Open again' }).click();
  await root.getByRole('dialog').getByRole('button', { name: 'Open again' }).click();
  await expect(root.getByText('No report was resolved yet.')).toBeVisible();
  await root.getByLabel('Which').selectOption('Open');
  await report.getByRole('button', { name: 'Suspend account' }).click();
  await root.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
  await expect(bob.getByText('This account is suspended or was deleted.')).toBeVisible();
});

test('a profile page is shown to strangers only where its owner allows it', async ({ visitors, instance }) => {
  const ada = await visitors.visit();
  const username = await register(ada, instance.url, 'Ada');
  const stranger = await visitors.visit();
  await stranger.goto(`${instance.url}/u/${username}`);
  await expect(stranger.getByRole('heading', { name: 'There is no such profile here' })).toBeVisible();
  await ada.getByRole('button', { name: 'Settings', exact: true }).click();
  await ada.getByRole('tab', { name: 'Privacy' }).click();
  await ada.getByRole('checkbox', { name: 'Show my profile page to everybody' }).check();
  await ada.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await ada.getByRole('button', { name: 'Your status, settings and the way out' }).click();
  await ada.getByRole('menuitem', { name: 'Set a status' }).click();
  await ada.getByLabel('What are you up to?').fill('Baking');
  await ada.getByLabel('Clear it after').selectOption('1 hour');
  await ada.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(ada.getByRole('dialog')).toHaveCount(0);
  await stranger.goto(`${instance.url}/u/${username.toUpperCase()}`);
  await expect(stranger.getByRole('heading', { name: 'Ada', level: 1 })).toBeVisible();
  // What one is up to is for those one shares a place with.
  await expect(stranger.getByText('Baking')).toHaveCount(0);
  await ada.goto(`${instance.url}/u/${username}`);
  await expect(ada.getByText('Baking')).toBeVisible();
  await expect(ada.getByRole('link', { name: 'Open Snug' })).toBeVisible();
});

test('who is typing is seen until they stop', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await composer(bob).pressSequentially('hm');
  await expect(ada.getByText('Bob is typing')).toBeVisible();
  await composer(bob).fill('');
  await expect(ada.getByText('Bob is typing')).toHaveCount(0, { timeout: 4000 });
});

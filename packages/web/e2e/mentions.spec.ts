import { composer, messages, say, twoPeople } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { openPage } from './talk-acts.ts';

test('a mention, finished by the keyboard, counts until it is read in the inbox', async ({ visitors, instance }) => {
  const { ada, bob, bobName } = await twoPeople(visitors.visit, instance.url);
  await expect(composer(bob)).toBeVisible();
  await openPage(bob, 'Mentions');
  await expect(bob.getByText('Nobody has called for you.')).toBeVisible();
  const keys = ada.keyboard;
  await composer(ada).focus();
  await keys.type('Kettle is on, @bo');
  await expect(ada.getByRole('option', { name: /Bob/ })).toBeVisible();
  await keys.press('Enter');
  await expect(composer(ada)).toHaveValue(`Kettle is on, @${bobName} `);
  // Escape closes the suggestions and leaves the text alone.
  await keys.type(':tad');
  await expect(ada.getByRole('option', { name: ':tada:' })).toBeVisible();
  await keys.press('Escape');
  await expect(ada.getByRole('option')).toHaveCount(0);
  await keys.press('a');
  await keys.press('Backspace');
  await keys.press('Backspace');
  await keys.press('Backspace');
  await keys.press('Backspace');
  await keys.press('Backspace');
  await keys.type(':tada');
  await keys.press('Tab');
  await keys.press('Enter');
  await expect(messages(ada, 'Kettle is on, @Bob 🎉')).toBeVisible();

  await expect(bob).toHaveTitle(/^\(1\) Mentions/);
  const link = bob.getByRole('navigation', { name: 'Servers' }).getByRole('link', { name: 'The table, 1 for you' });
  await expect(link).toBeVisible();
  const inbox = bob.getByRole('list', { name: 'Mentions' });
  await expect(inbox.getByRole('listitem')).toContainText('Kettle is on, @Bob');
  await inbox.getByRole('button', { name: 'Go to it' }).click();
  await expect(messages(bob, 'Kettle is on')).toBeInViewport();
  await expect(bob).not.toHaveTitle(/^\(1\)/);
  await openPage(bob, 'Mentions');
  await expect(bob.getByText('Nobody has called for you.')).toBeVisible();
  await bob.getByLabel('Which').selectOption('All');
  await expect(inbox.getByRole('listitem')).toHaveCount(1);
});

test('everything is marked read, here and there', async ({ visitors, instance }) => {
  const { ada, bob, bobName } = await twoPeople(visitors.visit, instance.url);
  await openPage(bob, 'Mentions');
  await say(ada, `@${bobName} one`);
  await say(ada, `@${bobName} two`);
  await expect(bob).toHaveTitle(/^\(2\)/);
  const inbox = bob.getByRole('list', { name: 'Mentions' });
  await expect(inbox.getByRole('listitem')).toHaveCount(2);
  await bob.getByRole('button', { name: 'Mark everything read' }).click();
  await expect(bob.getByText('Everything is read.')).toBeVisible();
  await expect(bob).toHaveTitle('Mentions · Snug');
  await expect(inbox).toHaveCount(0);
});

test('what is muted is dim and counts nothing', async ({ visitors, instance }) => {
  const { ada, bob, bobName } = await twoPeople(visitors.visit, instance.url);
  await bob.getByRole('button', { name: 'The table', exact: true }).click();
  await bob.getByRole('menuitem', { name: 'Notifications' }).click();
  const dialog = bob.getByRole('dialog', { name: 'Notifications of The table' });
  await dialog.getByLabel('Mute').selectOption('For 1 hour');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await openPage(bob, 'Friends');
  await say(ada, `@${bobName} can you hear me`);
  await expect(bob.getByRole('link', { name: 'The table, muted' })).toBeVisible();
  await expect(bob).toHaveTitle('Friends · Snug');
  // It stands in the settings, from where it is changed back.
  await bob.getByRole('button', { name: 'Settings', exact: true }).click();
  await bob.getByRole('tab', { name: 'Notifications' }).click();
  await expect(bob.getByRole('list', { name: 'Servers and channels' })).toContainText('Muted until');
  await bob.getByRole('button', { name: 'Change the notifications of The table' }).click();
  await dialog.getByLabel('Mute').selectOption('Not muted');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(bob.getByRole('link', { name: 'The table, 1 for you' })).toBeVisible();
  await expect(bob).toHaveTitle(/^\(1\)/);
});

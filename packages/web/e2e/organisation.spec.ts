import { composer, messages, register, say, twoPeople } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { createChannel, createRole, leaveSettings, openChannelSettings, openSettings, setRole } from './server-acts.ts';

test('a role opens a private channel, and closes it again, while one looks', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await createRole(ada, 'Gardeners');
  await leaveSettings(ada);
  await createChannel(ada, 'Back room', true);
  // A private channel that nobody was let into begins with who may see it.
  await expect(ada.getByText('Nobody else yet.')).toBeVisible();
  await ada.getByRole('button', { name: 'Add a role or a person' }).first().click();
  await ada.getByRole('dialog').getByLabel('Role').selectOption({ label: 'Gardeners' });
  await ada.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  await expect(ada.getByRole('list', { name: 'Who can see this channel' }).getByText('Gardeners')).toBeVisible();
  const link = bob.getByRole('link', { name: /back-room/ });
  await expect(link).toHaveCount(0);

  await setRole(ada, 'Bob', 'Gardeners', true);
  await link.click();
  await expect(bob.getByRole('heading', { name: 'back-room', level: 1 })).toBeVisible();
  await say(bob, 'who has the seeds?');
  await expect(messages(bob, 'who has the seeds?')).toBeVisible();

  await setRole(ada, 'Bob', 'Gardeners', false);
  await expect(link).toHaveCount(0);
  await expect(bob.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await expect(messages(bob, 'who has the seeds?')).toHaveCount(0);
});

test('what a channel denies to a role and allows to one person', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await openChannelSettings(ada, 'general');
  await ada.getByRole('tab', { name: 'Permissions' }).click();
  await ada.getByRole('button', { name: 'Add a role or a person' }).click();
  await ada.getByRole('dialog').getByLabel('Role').selectOption({ label: '@everyone' });
  await ada.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  const everyone = ada.getByRole('group', { name: 'Send messages for @everyone' });
  await everyone.getByRole('radio', { name: 'Deny' }).check({ force: true });
  await ada.getByRole('button', { name: 'Save' }).click();
  await expect(ada.getByText('1 denied')).toBeVisible();
  await expect(bob.getByText('You can read here, but not write.')).toBeVisible();

  await ada.getByRole('button', { name: 'Add a role or a person' }).click();
  await ada.getByRole('dialog').getByLabel('Find a member').fill('bo');
  await ada.getByRole('dialog').getByRole('radio', { name: /Bob/ }).check();
  await ada.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  const bobs = ada.getByRole('group', { name: 'Send messages for Bob' });
  await bobs.getByRole('radio', { name: 'Allow' }).check({ force: true });
  await ada.getByRole('button', { name: 'Save' }).last().click();
  await expect(composer(bob)).toBeVisible();

  // Taken away, the denial for all is what is left.
  await ada.getByRole('button', { name: 'Remove what is set for Bob' }).click();
  await expect(bob.getByText('You can read here, but not write.')).toBeVisible();
});

test('categories and channels are put into order by keyboard, for everybody', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await openSettings(ada, 'Channels');
  for (const name of ['Projects', 'Kitchen']) {
    await ada.getByRole('button', { name: 'Create category' }).click();
    await ada.getByRole('dialog').getByLabel('Name').fill(name);
    await ada.keyboard.press('Enter');
    await expect(ada.getByRole('region', { name })).toBeVisible();
  }
  const down = ada.getByRole('button', { name: 'Move general down' });
  await down.focus();
  await ada.keyboard.press('Enter');
  await expect(ada.getByRole('region', { name: 'Projects' }).getByRole('link', { name: 'general' })).toBeVisible();
  // The keyboard stays where it was, so that one can go on.
  await ada.getByRole('button', { name: 'Move general down' }).focus();
  await ada.keyboard.press('Enter');
  await expect(ada.getByRole('region', { name: 'Kitchen' }).getByRole('link', { name: 'general' })).toBeVisible();
  const kitchen = bob.getByRole('region', { name: 'Kitchen' });
  await expect(kitchen.getByRole('link', { name: 'general' })).toBeVisible();
  // Bob, who may put nothing into it, is not shown the empty one.
  await expect(bob.getByRole('region', { name: 'Projects' })).toHaveCount(0);

  await ada.getByRole('button', { name: 'Move Kitchen up' }).click();
  await expect(ada.getByRole('region').first()).toHaveAccessibleName('Kitchen');
  await leaveSettings(ada);
  await kitchen.getByRole('button', { name: 'Kitchen' }).click();
  await expect(kitchen.getByRole('button', { name: 'Kitchen' })).toHaveAttribute('aria-expanded', 'false');
  // Folded it still shows what is open.
  await expect(kitchen.getByRole('link', { name: 'general' })).toBeVisible();
});

test('a channel is archived, and brought back', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await openChannelSettings(ada, 'general');
  await ada.getByRole('checkbox', { name: 'Archived' }).check();
  await ada.getByRole('button', { name: 'Save' }).click();
  await expect(ada.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(composer(bob)).toHaveCount(0);
  await expect(bob.getByRole('link', { name: /general.*archived/ })).toBeVisible();
  await ada.getByRole('checkbox', { name: 'Archived' }).uncheck();
  await ada.getByRole('button', { name: 'Save' }).click();
  await expect(composer(bob)).toBeVisible();
});

test('a public server is found, joined without an invite, and handed over', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await openSettings(ada, 'Overview');
  await ada.getByLabel('Name').fill('The open table');
  await ada.getByLabel(/^Description/).fill('Bring a chair.');
  await ada.getByRole('checkbox', { name: 'Public server' }).check();
  await ada.getByRole('button', { name: 'Save' }).click();
  await expect(ada.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(bob.getByRole('button', { name: 'The open table', exact: true })).toBeVisible();

  const cleo = await visitors.visit();
  await cleo.goto(instance.url);
  await cleo.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Public servers' }).click();
  await cleo.getByLabel('Find a server').fill('open');
  await expect(cleo.getByText('Bring a chair.')).toBeVisible();
  await expect(cleo.getByRole('link', { name: 'Sign in to join The open table' })).toBeVisible();
  await register(cleo, instance.url, 'Cleo');
  await cleo.getByRole('link', { name: 'Public servers' }).click();
  await cleo.getByRole('button', { name: 'Join The open table' }).click();
  await expect(composer(cleo)).toBeVisible();

  await ada.getByRole('button', { name: 'Hand over to somebody' }).click();
  const dialog = ada.getByRole('dialog', { name: 'Hand over The open table' });
  await expect(dialog.getByRole('button', { name: 'Hand over' })).toBeDisabled();
  await dialog.getByRole('radio', { name: /Bob/ }).check();
  await dialog.getByRole('button', { name: 'Hand over to Bob' }).click();
  // What was the owner's to do is not hers any more.
  await expect(ada.getByRole('button', { name: 'Hand over to somebody' })).toHaveCount(0);
  await openSettings(bob, 'Audit log', 'The open table');
  await expect(bob.getByText('new owner: Bob')).toBeVisible();
});

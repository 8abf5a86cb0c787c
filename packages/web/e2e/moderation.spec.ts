import { composer, createServer, inviteLink, messages, register, registerByInvite, say, twoPeople } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { createRole, leaveSettings, onMember, openSettings, setRole } from './server-acts.ts';

test('who is timed out reads, and is told why they cannot write', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await ada.getByRole('complementary', { name: 'Members' }).getByRole('button', { name: /Bob/ }).click();
  await ada.getByRole('button', { name: 'Manage', exact: true }).click();
  await ada.getByRole('menuitem', { name: 'Time out' }).click();
  const dialog = ada.getByRole('dialog', { name: 'Time out Bob' });
  await dialog.getByLabel('For how long').selectOption({ label: '1 day' });
  await dialog.getByLabel(/^Reason/).fill('Too loud');
  await dialog.getByRole('button', { name: 'Time out' }).click();
  await expect(bob.getByText(/^You are timed out until/)).toBeVisible();
  await say(ada, 'still with us?');
  await expect(messages(bob, 'still with us?')).toBeVisible();

  await onMember(ada, 'Bob', 'End the timeout');
  await expect(composer(bob)).toBeVisible();
  await openSettings(ada, 'Audit log');
  await expect(ada.getByText('Ada ended the timeout of Bob')).toBeVisible();
  await expect(ada.getByText('Ada timed out Bob')).toBeVisible();
  await expect(ada.getByText('Reason: Too loud')).toBeVisible();
});

test('a ban keeps somebody out and erases what they said, until it is lifted', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  const link = await inviteLink(ada);
  await say(bob, 'something unkind');
  await expect(messages(ada, 'something unkind')).toBeVisible();
  await onMember(ada, 'Bob', 'Ban');
  const dialog = ada.getByRole('dialog', { name: 'Ban Bob?' });
  await dialog.getByLabel(/^Reason/).fill('Unkind, twice');
  await dialog.getByLabel('Erase what they said').selectOption({ label: 'In the last 1 day' });
  await dialog.getByRole('button', { name: 'Ban' }).click();
  await expect(bob.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await leaveSettings(ada);
  await expect(messages(ada, 'something unkind')).toHaveCount(0);

  await bob.goto(link);
  await bob.getByRole('button', { name: 'Join' }).click();
  await expect(bob.getByRole('alert')).toContainText('You are banned there');

  await openSettings(ada, 'Bans');
  await expect(ada.getByText('Unkind, twice')).toBeVisible();
  await ada.getByRole('button', { name: 'Lift the ban of Bob' }).click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Lift the ban' }).click();
  await expect(ada.getByText('Nobody is banned.')).toBeVisible();
  await bob.getByRole('button', { name: 'Join' }).click();
  await expect(composer(bob)).toBeVisible();

  await openSettings(ada, 'Audit log');
  await expect(ada.getByText('Ada lifted the ban of Bob')).toBeVisible();
  await ada.getByLabel('What was done').selectOption({ label: 'Banned' });
  await expect(ada.getByText('Ada lifted the ban of Bob')).toHaveCount(0);
  await expect(ada.getByText('Ada banned Bob')).toBeVisible();
  await expect(ada.getByText('Reason: Unkind, twice')).toBeVisible();
});

test('an invite brings a role along, is counted, and is revoked', async ({ visitors, instance }) => {
  const ada = await visitors.visit();
  await register(ada, instance.url, 'Ada');
  await createServer(ada, 'The table');
  await createRole(ada, 'Gardeners');
  await openSettings(ada, 'Invites');
  await expect(ada.getByText('No link works at the moment.')).toBeVisible();
  await ada.getByRole('button', { name: 'Create invite link' }).click();
  const dialog = ada.getByRole('dialog', { name: /^Invite people to/ });
  await dialog.getByLabel('How many may use it').selectOption({ label: '5 people' });
  await dialog.getByLabel(/^Note/).fill('For the neighbours');
  await dialog.getByLabel('Role it grants').selectOption({ label: 'Gardeners' });
  await dialog.getByRole('button', { name: 'Create invite link' }).click();
  const link = await dialog.getByLabel('Invite link').inputValue();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(ada.getByText('For the neighbours')).toBeVisible();

  const bob = await visitors.visit();
  await registerByInvite(bob, link, 'Bob');
  await expect(ada.getByText(/used 1 of 5 .* grants Gardeners/)).toBeVisible();
  await ada.getByRole('button', { name: /^Revoke invite/ }).click();
  await expect(ada.getByText('No link works at the moment.')).toBeVisible();
  await openSettings(ada, 'Members');
  await expect(ada.getByRole('listitem').filter({ hasText: '@Bob' })).toContainText('Gardeners');

  const late = await visitors.visit();
  await late.goto(link);
  await expect(late.getByRole('alert')).toContainText('does not exist, was used up or has expired');
});

test('nicknames: one’s own, and those of others where one may', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await bob.getByRole('button', { name: 'The table', exact: true }).click();
  // Who may change nothing here is not offered its settings.
  await expect(bob.getByRole('menuitem', { name: 'Your nickname here' })).toBeVisible();
  await expect(bob.getByRole('menuitem', { name: 'Server settings' })).toHaveCount(0);
  await bob.getByRole('menuitem', { name: 'Your nickname here' }).click();
  await bob.getByRole('dialog').getByLabel('Nickname').fill('Bobby');
  await bob.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const members = ada.getByRole('complementary', { name: 'Members' });
  await expect(members.getByRole('button', { name: /Bobby/ })).toBeVisible();
  await onMember(ada, 'Bobby', 'Change nickname');
  await ada.getByRole('dialog').getByLabel('Nickname').fill('Robert');
  await ada.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(
    bob.getByRole('complementary', { name: 'Members' }).getByRole('button', { name: /Robert/ }),
  ).toBeVisible();
});

test('moderators act on those below them, and on nobody else', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  const link = await inviteLink(ada);
  const cleo = await visitors.visit();
  await registerByInvite(cleo, link, 'Cleo');
  await setRole(ada, 'Bob', 'mod', true);
  await openSettings(bob, 'Members');
  await expect(bob.getByRole('button', { name: 'What to do with Ada' })).toHaveCount(0);
  await bob.getByRole('button', { name: 'What to do with Cleo' }).click();
  await expect(bob.getByRole('menuitem', { name: 'Kick' })).toBeVisible();
  await expect(bob.getByRole('menuitem', { name: 'Ban' })).toHaveCount(0);
  await expect(bob.getByRole('menuitem', { name: 'Roles' })).toHaveCount(0);
  await bob.getByRole('menuitem', { name: 'Kick' }).click();
  await bob.getByRole('dialog', { name: 'Kick Cleo?' }).getByRole('button', { name: 'Kick' }).click();
  await expect(cleo.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await expect(bob.getByRole('listitem').filter({ hasText: '@Cleo' })).toHaveCount(0);
  // What was a moderator's to do goes with the role, while one looks.
  await setRole(ada, 'Bob', 'mod', false);
  await expect(bob.getByRole('heading', { name: 'This is not for you to change' })).toBeVisible();
});

test('somebody who left is banned by name, and does not come in again', async ({ visitors, instance }) => {
  const ada = await visitors.visit();
  await register(ada, instance.url, 'Ada');
  await createServer(ada, 'The table');
  const link = await inviteLink(ada);
  const cleo = await visitors.visit();
  const username = await registerByInvite(cleo, link, 'Cleo');
  await cleo.getByRole('button', { name: 'The table', exact: true }).click();
  await cleo.getByRole('menuitem', { name: 'Leave server' }).click();
  await cleo.getByRole('dialog').getByRole('button', { name: 'Leave server' }).click();
  await expect(cleo.getByRole('heading', { name: 'Good to see you, Cleo' })).toBeVisible();
  await openSettings(ada, 'Bans');
  await ada.getByRole('button', { name: 'Ban somebody who is not here' }).click();
  const dialog = ada.getByRole('dialog', { name: 'Ban somebody who is not here' });
  await dialog.getByLabel('Username').fill('nobody-of-that-name');
  await dialog.getByRole('button', { name: 'Ban' }).click();
  await expect(dialog.getByRole('alert')).toContainText('There is no such person');
  await dialog.getByLabel('Username').fill(`@${username}`);
  await dialog.getByRole('button', { name: 'Ban' }).click();
  await expect(ada.getByRole('list', { name: 'Bans' }).getByText('Cleo')).toBeVisible();
  await cleo.goto(link);
  await cleo.getByRole('button', { name: 'Join' }).click();
  await expect(cleo.getByRole('alert')).toContainText('You are banned there');
});

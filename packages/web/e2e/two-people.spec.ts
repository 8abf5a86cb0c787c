import { startProcess } from '@snug/testkit';
import {
  choose,
  composer,
  createServer,
  fillRegistration,
  inviteLink,
  messages,
  newName,
  register,
  registerByInvite,
  say,
  twoPeople,
} from './acts.ts';
import { expect, test } from './fixtures.ts';

test('the first owner opens the printed link, invites a friend, and the two chat', async ({ visitors }) => {
  await using instance = await startProcess({ settings: { registration: 'invite' } });
  await expect.poll(() => instance.output).toContain('/setup?token=');
  const setUp = /http:\/\/\S+\/setup\?token=\S+/.exec(instance.output)?.[0] ?? '';
  const owner = await visitors.visit();
  await owner.goto(instance.url);
  await expect(owner.getByText('This Snug has no owner yet.')).toBeVisible();
  await owner.goto(setUp);
  await fillRegistration(owner, newName('owner'), 'Olga');
  await owner.getByRole('button', { name: 'Create the owner account' }).click();
  await expect(owner.getByRole('heading', { name: 'Good to see you, Olga' })).toBeVisible();
  await createServer(owner, 'The Wednesday table');

  const friend = await visitors.visit();
  const link = await inviteLink(owner);
  await friend.goto(link);
  await expect(friend.getByRole('heading', { name: 'Join The Wednesday table' })).toBeVisible();
  await expect(friend.getByText('Olga invites you.')).toBeVisible();
  await registerByInvite(friend, link, 'Finn');

  await say(owner, 'Welcome in');
  await expect(messages(friend, 'Welcome in')).toBeVisible();
  await say(friend, 'Warm in here');
  await expect(messages(owner, 'Warm in here')).toBeVisible();

  const stranger = await visitors.visit();
  await stranger.goto(setUp);
  await expect(stranger.getByText('This Snug already has an owner.')).toBeVisible();
});

test('an invite lets in with one click who is signed in already', async ({ visitors, instance }) => {
  const { ada } = await twoPeople(visitors.visit, instance.url);
  const link = await inviteLink(ada);
  const carl = await visitors.visit();
  await register(carl, instance.url, 'Carl');
  await carl.route('**/auth/refresh', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await carl.goto(link);
  // A form for strangers does not flash up before who is known: nobody presses the wrong button.
  await expect(carl.getByText('Opening your Snug…')).toBeVisible();
  await carl.getByRole('button', { name: 'Join' }).click();
  await say(carl, 'one click');
  await expect(messages(ada, 'one click')).toBeVisible();
});

test('edits, deletions and replies reach the other side, and a reload shows the same', async ({
  visitors,
  instance,
}) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await say(ada, 'frist');
  await expect(messages(bob, 'frist')).toBeVisible();

  await composer(ada).press('ArrowUp');
  await ada.getByRole('textbox', { name: 'Edit message' }).fill('first');
  await ada.getByRole('textbox', { name: 'Edit message' }).press('Enter');
  await expect(messages(bob, 'first')).toContainText('(edited)');

  await choose(bob, 'first', 'Reply');
  await expect(bob.getByText('Replying to Ada')).toBeVisible();
  await say(bob, 'second');
  await expect(messages(ada, 'second').getByRole('button', { name: '@Ada first' })).toBeVisible();

  await say(ada, 'a mistake');
  await expect(messages(bob, 'a mistake')).toBeVisible();
  await choose(ada, 'a mistake', 'Delete');
  await ada.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(messages(bob, 'a mistake')).toHaveCount(0);

  for (const page of [ada, bob]) {
    await page.reload();
    await expect(messages(page, 'second')).toBeVisible();
    await expect(messages(page, 'first').first()).toContainText('(edited)');
    await expect(messages(page, 'a mistake')).toHaveCount(0);
  }
});

test('one sees the other type, and what was not read yet', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await composer(bob).pressSequentially('hel');
  await expect(ada.getByText('Bob is typing')).toBeVisible();
  await composer(bob).fill('');

  await bob
    .getByRole('navigation', { name: 'Servers' })
    .getByRole('link', { name: /^Direct messages/ })
    .click();
  await expect(bob.getByRole('heading', { name: 'Where to?' })).toBeVisible();
  await say(ada, 'are you there');
  await say(ada, 'hello');
  await expect(bob).toHaveTitle('• Snug');
  await bob.getByRole('link', { name: 'The table, unread' }).click();
  await expect(bob.getByText('New', { exact: true })).toBeVisible();
  await expect(bob).toHaveTitle(/^#\S+ · The table · Snug$/);
});

test('a card in the member list opens a direct message', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await ada.getByRole('complementary', { name: 'Members' }).getByRole('button', { name: /Bob/ }).click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Message' }).click();
  await expect(composer(ada)).toHaveAccessibleName('Message Bob');
  await say(ada, 'between us');
  await bob.getByRole('link', { name: 'Direct messages, 1 unread' }).click();
  await bob.getByRole('navigation', { name: 'Direct messages' }).getByRole('link', { name: /Ada/ }).click();
  await expect(messages(bob, 'between us')).toBeVisible();
});

import { choose, composer, messages, say, twoPeople } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { openChannelSettings } from './server-acts.ts';
import { chooseByKey, react, reaction, tool } from './talk-acts.ts';

test('two people react to each other, and take it back', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await say(ada, 'Who brings the dice?');
  await react(bob, 'Who brings', 'game_die');
  await expect(reaction(bob, 'Who brings', '🎲')).toHaveAttribute('aria-pressed', 'true');
  await expect(reaction(ada, 'Who brings', '🎲')).toHaveAccessibleName('🎲, 1 reaction');
  await reaction(ada, 'Who brings', '🎲').hover();
  await expect(ada.getByRole('tooltip', { name: 'Bob reacted with 🎲' })).toBeVisible();
  await reaction(ada, 'Who brings', '🎲').click();
  await expect(reaction(bob, 'Who brings', '🎲')).toHaveAccessibleName('🎲, 2 reactions, one of them yours');
  await reaction(bob, 'Who brings', '🎲').click();
  await expect(reaction(ada, 'Who brings', '🎲')).toHaveAccessibleName('🎲, 1 reaction, one of them yours');
  // Who reacted, and all of it taken away by who keeps order.
  await choose(ada, 'Who brings', 'Who reacted');
  const dialog = ada.getByRole('dialog', { name: 'Who reacted' });
  await expect(dialog.getByRole('list', { name: 'Who reacted' }).getByRole('listitem')).toHaveText([/Ada/]);
  await dialog.getByRole('button', { name: 'Remove all reactions' }).click();
  await expect(reaction(bob, 'Who brings', '🎲')).toHaveCount(0);
  await expect(dialog).toContainText('Nobody has reacted');
});

test('a super reaction, by the keyboard alone', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await say(ada, 'We won');
  await expect(messages(bob, 'We won')).toBeVisible();
  await messages(bob, 'We won').focus();
  await bob.keyboard.press('+');
  await expect(bob.getByRole('combobox', { name: 'Find an emoji' })).toBeFocused();
  await bob.keyboard.press('Tab');
  await bob.keyboard.press('Space');
  await bob.keyboard.press('Shift+Tab');
  await bob.keyboard.type('tada');
  await expect(bob.getByRole('option').first()).toHaveAccessibleName('tada');
  await bob.keyboard.press('Enter');
  await expect(reaction(ada, 'We won', '🎉')).toContainText('super');
});

test('what is worth finding again is pinned', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await say(ada, 'Wednesday at seven');
  await choose(ada, 'Wednesday', 'Pin');
  await expect(bob.getByText('Ada pinned a message')).toBeVisible();
  await expect(messages(bob, 'Wednesday').getByTitle('Pinned')).toBeVisible();
  await tool(bob, 'Pinned messages').click();
  const pins = bob.getByRole('dialog', { name: 'Pinned messages' });
  await expect(pins.getByRole('listitem')).toContainText('Wednesday at seven');
  // Who may not pin may not unpin.
  await expect(pins.getByRole('button', { name: 'Unpin' })).toHaveCount(0);
  await pins.getByRole('button', { name: 'Show it' }).click();
  await expect(pins).toHaveCount(0);
  await expect(bob).toHaveURL(/\/app\/s\/\w+\/\w+\/\w+$/);
  await expect(messages(bob, 'Wednesday')).toBeInViewport();
  await tool(ada, 'Pinned messages').click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Unpin' }).click();
  await expect(ada.getByRole('dialog').getByText('Nothing is pinned here yet')).toBeVisible();
  await expect(messages(bob, 'Wednesday').getByTitle('Pinned')).toHaveCount(0);
});

test('a thread grows from a message, sleeps and wakes', async ({ visitors, instance }) => {
  test.setTimeout(120_000);
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await say(ada, 'Which game next week?');
  await expect(messages(bob, 'Which game')).toBeVisible();
  await chooseByKey(bob, 'Which game', 'Start a thread');
  const dialog = bob.getByRole('dialog', { name: 'Start a thread' });
  await dialog.getByLabel('Name').fill('Next week');
  await dialog.getByLabel(/^First message/).fill('Catan?');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(bob.getByRole('heading', { name: 'Next week', level: 1 })).toBeVisible();
  await expect(messages(bob, 'Catan?')).toBeVisible();

  // The count stands under the message it began from; who has not followed it has nothing unread.
  await ada.getByRole('link', { name: /^Thread Next week 1 reply/ }).click();
  await expect(messages(ada, 'Catan?')).toBeVisible();
  await say(ada, 'Not again');
  await expect(messages(bob, 'Not again')).toBeVisible();
  await bob.getByRole('link', { name: 'in #general' }).click();
  await expect(bob.getByRole('link', { name: /^Thread Next week 2 replies/ })).toBeVisible();
  await say(ada, 'Azul');
  const followed = bob.getByRole('list', { name: 'Threads you follow in #general' });
  await expect(followed.getByRole('link', { name: /Next week.*unread/ })).toBeVisible();
  await followed.getByRole('link', { name: /Next week/ }).click();
  await expect(messages(bob, 'Azul')).toBeVisible();

  await tool(bob, 'Follow').click();
  await expect(tool(bob, 'Follow')).toHaveAttribute('aria-pressed', 'false');
  await tool(bob, 'What to do with this thread').click();
  await bob.getByRole('menuitem', { name: 'Archive' }).click();
  await expect(ada.getByText('This thread is archived.')).toBeVisible();
  // An archived thread is in no snapshot: its address opens it all the same.
  await ada.reload();
  await expect(messages(ada, 'Azul')).toBeVisible();
  await ada.getByRole('link', { name: 'in #general' }).click();
  await tool(ada, 'Threads').click();
  const threads = ada.getByRole('dialog', { name: 'Threads of #general' });
  await expect(threads).toContainText('No thread is active here.');
  await threads.getByLabel('Which').selectOption('Archived');
  await threads.getByRole('link', { name: 'Next week' }).click();
  await say(ada, 'Good morning');
  await expect(ada.getByText('This thread is archived.')).toHaveCount(0);
  await tool(bob, 'What to do with this thread').click();
  await bob.getByRole('menuitem', { name: 'Edit thread' }).click();
  await bob.getByRole('dialog').getByLabel('Name').fill('The week after');
  await bob.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(ada.getByRole('heading', { name: 'The week after', level: 1 })).toBeVisible();
});

test('a link to a message leads there, over everything said since', async ({ visitors, instance }) => {
  test.setTimeout(120_000);
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await ada.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await say(ada, 'the very first words');
  for (let count = 0; count < 60; count++) await say(ada, `line ${count}`);
  await expect(messages(bob, 'line 59')).toBeVisible();
  await bob.reload();
  await expect(messages(bob, 'line 59')).toBeVisible();
  await expect(messages(bob, 'very first words')).toHaveCount(0);
  await ada.evaluate(() => document.querySelector('section')?.scrollTo(0, 0));
  await choose(ada, 'very first words', 'Copy link');
  await expect(ada.getByText('Copied', { exact: true })).toBeVisible();
  const link = await ada.evaluate(() => navigator.clipboard.readText());
  await bob.goto(link);
  await expect(messages(bob, 'very first words')).toBeInViewport();
  await bob.getByRole('button', { name: 'Jump to present' }).click();
  await expect(messages(bob, 'line 59')).toBeInViewport();
  // What is gone says so.
  await choose(ada, 'very first words', 'Delete');
  await ada.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await bob.goto(link);
  await expect(bob.getByText('That message is gone.')).toBeVisible();
});

test('who keeps order deletes several at once', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  for (const words of ['spam one', 'fine', 'spam two']) await say(bob, words);
  await expect(messages(ada, 'spam two')).toBeVisible();
  await choose(bob, 'spam one', 'Mark unread from here');
  await messages(bob, 'spam one').hover();
  await bob.getByRole('toolbar', { name: 'Message' }).getByRole('button', { name: 'More' }).click();
  await expect(bob.getByRole('menuitem', { name: 'Select messages' })).toHaveCount(0);
  await bob.keyboard.press('Escape');
  await choose(ada, 'spam one', 'Select messages');
  await messages(ada, 'spam two').getByRole('checkbox').check();
  await expect(ada.getByText('2 selected')).toBeVisible();
  await ada.getByRole('region', { name: 'Selected messages' }).getByRole('button', { name: 'Delete' }).click();
  await ada.getByRole('dialog', { name: 'Delete 2 messages?' }).getByRole('button', { name: 'Delete' }).click();
  await expect(messages(bob, 'spam')).toHaveCount(0);
  await expect(messages(bob, 'fine')).toBeVisible();
  await expect(composer(ada)).toBeVisible();
});

test('slow mode counts down, and an archived channel says so', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await openChannelSettings(ada, 'general');
  await ada.getByLabel('Slow mode').selectOption('5 seconds');
  await ada.getByRole('button', { name: 'Save' }).click();
  await expect(bob.getByText('Slow mode: one message every 5 seconds.')).toBeVisible();
  await say(bob, 'first');
  await expect(bob.getByText(/you can write again in \d seconds?/)).toBeVisible();
  await say(bob, 'second');
  // It waits where it was written.
  await expect(composer(bob)).toHaveValue('second');
  await expect(bob.getByText('Slow mode: one message every 5 seconds.')).toBeVisible();
  await composer(bob).press('Enter');
  await expect(composer(bob)).toHaveValue('');
  await expect(messages(bob, 'second')).toBeVisible();
  await ada.getByRole('checkbox', { name: 'Archived' }).check();
  await ada.getByRole('button', { name: 'Save' }).click();
  await expect(bob.getByText('This channel is archived.')).toBeVisible();
  await expect(composer(bob)).toHaveCount(0);
});

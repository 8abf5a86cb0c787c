import { messages, register, say, twoPeople } from './acts.ts';
import { expect, test } from './fixtures.ts';
import { befriend, openPage, tool } from './talk-acts.ts';

test('the life of a group', async ({ visitors, instance }) => {
  test.setTimeout(120_000);
  const { ada, bob, bobName } = await twoPeople(visitors.visit, instance.url);
  await befriend(ada, bob, { one: 'Ada', otherUsername: bobName });
  await ada.getByRole('button', { name: 'New group' }).click();
  const creating = ada.getByRole('dialog', { name: 'New group' });
  await creating.getByRole('checkbox', { name: /Bob/ }).check();
  await creating.getByLabel(/^Name/).fill('Cake committee');
  await creating.getByLabel('Who finds it').selectOption({ index: 1 });
  await creating.getByRole('button', { name: 'Create group' }).click();
  await expect(ada.getByRole('heading', { name: 'Cake committee', level: 1 })).toBeVisible();
  await say(ada, 'We need eggs');
  // The list shows what was said last, and how much of it is new.
  const entry = bob.getByRole('navigation', { name: 'Direct messages' }).getByRole('link', { name: /Cake committee/ });
  await expect(entry).toContainText('Ada: We need eggs');
  await expect(entry).toContainText('1');
  await entry.click();
  await expect(messages(bob, 'We need eggs')).toBeVisible();
  await expect(ada.getByText('Read by Bob')).toBeVisible();

  // Somebody finds it, joins, is made moderator, and is removed for good.
  const cleo = await visitors.visit();
  await register(cleo, instance.url, 'Cleo');
  await openPage(cleo, 'Open groups');
  await cleo.getByRole('button', { name: 'Join Cake committee' }).click();
  await expect(messages(cleo, 'We need eggs')).toBeVisible();
  await tool(ada, 'Group settings').click();
  const settings = ada.getByRole('dialog', { name: 'Group settings' });
  await settings.getByLabel('Role of Cleo').selectOption('Moderator');
  await tool(cleo, 'Group settings').click();
  await expect(cleo.getByRole('dialog').getByRole('button', { name: 'Remove Bob from the group' })).toBeVisible();
  await settings.getByRole('tab', { name: 'About' }).click();
  await settings.getByLabel(/^Name/).fill('Bread committee');
  await settings.getByRole('button', { name: 'Save' }).click();
  await expect(bob.getByRole('heading', { name: 'Bread committee', level: 1 })).toBeVisible();
  await settings.getByRole('tab', { name: 'People' }).click();
  await settings.getByRole('button', { name: 'Remove for good: Cleo' }).click();
  await expect(cleo.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await settings.getByRole('tab', { name: 'Links' }).click();
  await settings.getByRole('button', { name: 'Make a link' }).click();
  const link = await settings.getByText(/\/invite\//).innerText();
  await cleo.goto(link);
  await cleo.getByRole('button', { name: 'Join' }).click();
  await expect(cleo.getByRole('alert')).toBeVisible();
  await settings.getByRole('tab', { name: 'Bans' }).click();
  await settings.getByRole('button', { name: 'Let them come back: Cleo' }).click();
  await expect(settings.getByText('Nobody is kept out.')).toBeVisible();
  await cleo.getByRole('button', { name: 'Join' }).click();
  await expect(messages(cleo, 'We need eggs')).toBeVisible();

  // The owner leaves; the group goes on.
  await settings.getByRole('tab', { name: 'About' }).click();
  await settings.getByRole('button', { name: 'Leave group' }).click();
  const leaving = ada.getByRole('dialog', { name: 'Leave Bread committee?' });
  await expect(leaving).toContainText('it passes to somebody else');
  await leaving.getByRole('button', { name: 'Leave group' }).click();
  await expect(ada.getByRole('link', { name: /Bread committee/ })).toHaveCount(0);
  await say(bob, 'And now without her');
  await expect(messages(cleo, 'And now without her')).toBeVisible();
});

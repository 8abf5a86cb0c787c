import { expect, type Locator, type Page } from '@playwright/test';
import { messages } from './acts.ts';

/** What people do with messages and conversations, in their own words. */

/** A control in the head of the conversation that is open. */
export function tool(page: Page, name: string): Locator {
  return page.getByRole('main').getByRole('button', { name, exact: true });
}

/** Opens the menu of a message as the keyboard does, from the message itself. */
export async function chooseByKey(page: Page, words: string, entry: string): Promise<void> {
  await messages(page, words).focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: entry, exact: true }).focus();
  await page.keyboard.press('Enter');
}

/** Reacts with the first emoji that these letters find. */
export async function react(page: Page, words: string, letters: string): Promise<void> {
  await messages(page, words).hover();
  await page.getByRole('toolbar', { name: 'Message' }).getByRole('button', { name: 'Add reaction' }).click();
  await page.getByRole('combobox', { name: 'Find an emoji' }).fill(letters);
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
}

/** The pill of an emoji under a message. */
export function reaction(page: Page, words: string, emoji: string): Locator {
  return messages(page, words).getByRole('button', { name: new RegExp(`^${emoji}, `) });
}

/** Opens what is yours beside the servers, and one page of it. */
export async function openPage(page: Page, name: 'Friends' | 'Mentions' | 'Open groups'): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Servers' })
    .getByRole('link', { name: /^Direct messages/ })
    .click();
  await page.getByRole('navigation', { name: 'Direct messages' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** Asks somebody by username to be friends, and they accept. */
export async function befriend(one: Page, other: Page, names: { one: string; otherUsername: string }): Promise<void> {
  await openPage(one, 'Friends');
  await one.getByRole('tab', { name: 'Requests' }).click();
  await one.getByLabel('Username').fill(names.otherUsername);
  await one.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(one.getByRole('list', { name: 'You asked' })).toBeVisible();
  await openPage(other, 'Friends');
  await other.getByRole('tab', { name: 'Requests' }).click();
  await other.getByRole('button', { name: `Accept the request of ${names.one}` }).click();
  await expect(other.getByRole('list', { name: 'Asked you' })).toHaveCount(0);
}

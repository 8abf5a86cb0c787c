import { expect, type Locator, type Page } from '@playwright/test';

/** What people do, in their own words. */
export const PASSWORD = 'correct horse battery';

let people = 0;

/** A name that nobody else of this worker has: its tests share an instance. */
export function newName(name: string): string {
  people += 1;
  return `${name}${people}${process.pid}`;
}

export async function fillRegistration(page: Page, username: string, displayName = username): Promise<void> {
  await page.getByLabel('Username', { exact: true }).fill(username);
  await page.getByLabel('Display name').fill(displayName);
  await page.getByLabel('Password').fill(PASSWORD);
}

export async function register(page: Page, url: string, name: string): Promise<string> {
  const username = newName(name);
  await page.goto(`${url}/register`);
  await fillRegistration(page, username, name);
  await page.getByRole('main').getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: `Good to see you, ${name}` })).toBeVisible();
  return username;
}

export async function createServer(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Servers' }).getByRole('button', { name: 'Create a server' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a server' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(composer(page)).toBeVisible();
}

/** Makes an invite link for the server that is open, and gives it. */
export async function inviteLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Invite people' }).click();
  const dialog = page.getByRole('dialog', { name: /^Invite people to/ });
  await dialog.getByRole('button', { name: 'Create invite link' }).click();
  const link = await dialog.getByLabel('Invite link').inputValue();
  await dialog.getByRole('button', { name: 'Close' }).click();
  return link;
}

/** A stranger comes in by a link: one form makes the account and joins. */
export async function registerByInvite(page: Page, link: string, name: string): Promise<string> {
  const username = newName(name);
  await page.goto(link);
  await fillRegistration(page, username, name);
  await page.getByRole('button', { name: 'Create account and join' }).click();
  await expect(composer(page)).toBeVisible();
  return username;
}

/** Two people in one server, in its first channel. */
export async function twoPeople(
  visit: () => Promise<Page>,
  url: string,
): Promise<{ ada: Page; bob: Page; adaName: string; bobName: string }> {
  const [ada, bob] = [await visit(), await visit()];
  const adaName = await register(ada, url, 'Ada');
  await createServer(ada, 'The table');
  const bobName = await registerByInvite(bob, await inviteLink(ada), 'Bob');
  return { ada, bob, adaName, bobName };
}

export function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: /^Message / });
}

export async function say(page: Page, words: string): Promise<void> {
  await composer(page).fill(words);
  await composer(page).press('Enter');
}

/** The messages that are drawn with these words. */
export function messages(page: Page, words: string): Locator {
  return page.getByRole('article').filter({ hasText: words });
}

/** Opens the menu of a message as a mouse does: point at it, press the dots, choose. */
export async function choose(page: Page, words: string, entry: string): Promise<void> {
  await messages(page, words).hover();
  await page.getByRole('toolbar', { name: 'Message' }).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

import { expect, type Page } from '@playwright/test';

/** What people do who run a server. */

/** Opens a page of the settings of the server that is open. */
export async function openSettings(page: Page, tab: string, server = 'The table'): Promise<void> {
  if (!page.url().includes('/settings')) {
    await page.getByRole('button', { name: server, exact: true }).click();
    await page.getByRole('menuitem', { name: 'Server settings' }).click();
  }
  const nav = page.getByRole('navigation', { name: 'Server settings' });
  await nav.getByRole('link', { name: tab, exact: true }).click();
  await expect(page.getByRole('heading', { name: tab, level: 1 })).toBeVisible();
}

/** Back to the channels of the server whose settings are open. */
export async function leaveSettings(page: Page, server = 'The table'): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Server settings' })
    .getByRole('link', { name: `Back to ${server}` })
    .click();
}

export async function createRole(page: Page, name: string): Promise<void> {
  await openSettings(page, 'Roles');
  await page.getByRole('button', { name: 'Create role' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('heading', { name: `Role ${name}` })).toBeVisible();
}

/** Opens the menu of a member on the members page, and chooses. */
export async function onMember(page: Page, name: string, entry: string): Promise<void> {
  await openSettings(page, 'Members');
  await page.getByRole('button', { name: `What to do with ${name}` }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
}

/** Gives or takes roles, by the member's menu. */
export async function setRole(page: Page, member: string, role: string, isHeld: boolean): Promise<void> {
  await onMember(page, member, 'Roles');
  const dialog = page.getByRole('dialog', { name: `Roles of ${member}` });
  await dialog.getByRole('checkbox', { name: role }).setChecked(isHeld);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
}

/** A channel by its dialog; a private one opens on who may see it. */
export async function createChannel(page: Page, name: string, isPrivate = false): Promise<void> {
  await page.getByRole('button', { name: 'Create channel', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Create channel' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('checkbox', { name: 'Private channel' }).setChecked(isPrivate);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toHaveCount(0);
}

/** Opens the settings of a channel from the list of its server. */
export async function openChannelSettings(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Edit channel' }).click();
  await expect(page.getByRole('heading', { name: `Settings of #${name}` })).toBeVisible();
}

import { composer, messages, twoPeople } from './acts.ts';
import { expect, test } from './fixtures.ts';

test('everything works from the keyboard alone', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  const keys = ada.keyboard;
  // Writing: the composer has the keyboard from the start, Shift+Enter makes a line, Enter sends.
  await composer(ada).focus();
  await keys.type('two');
  await keys.press('Shift+Enter');
  await keys.type('lines');
  await keys.press('Enter');
  await expect(messages(bob, 'two')).toContainText('lines');
  // Editing what was said last, thinking better of it, then doing it.
  await keys.press('ArrowUp');
  await expect(ada.getByRole('textbox', { name: 'Edit message' })).toBeFocused();
  await keys.press('Escape');
  await expect(composer(ada)).toBeFocused();
  await keys.press('ArrowUp');
  await keys.type('!');
  await keys.press('Enter');
  await expect(messages(bob, 'lines!')).toContainText('(edited)');
  // From message to message, and acting on one.
  await expect(composer(ada)).toBeFocused();
  await messages(ada, 'lines!').focus();
  await keys.press('r');
  await expect(ada.getByText('Replying to Ada')).toBeVisible();
  await expect(composer(ada)).toBeFocused();
  await keys.type('an answer');
  await keys.press('Enter');
  await expect(messages(bob, 'an answer')).toBeVisible();
  await messages(ada, 'an answer').focus();
  await keys.press('ArrowUp');
  await expect(messages(ada, 'lines!').first()).toBeFocused();
  await keys.press('ArrowDown');
  await keys.press('Delete');
  await expect(ada.getByRole('dialog', { name: 'Delete this message?' })).toBeVisible();
  await keys.press('Escape');
  await expect(ada.getByRole('dialog')).toHaveCount(0);
  await messages(ada, 'an answer').focus();
  await keys.press('Delete');
  await ada.getByRole('dialog').getByRole('button', { name: 'Delete' }).focus();
  await keys.press('Enter');
  await expect(messages(bob, 'an answer')).toHaveCount(0);
  // Going somewhere by the letters of its name.
  await keys.press('Control+k');
  await expect(ada.getByRole('combobox')).toBeFocused();
  await keys.type('gener');
  await keys.press('Enter');
  await expect(ada.getByRole('dialog')).toHaveCount(0);
  await expect(ada.getByRole('heading', { name: 'general', level: 1 })).toBeVisible();
});

test('every control can be reached with Tab, shows where it is, and has a name', async ({ visitors, instance }) => {
  const { ada } = await twoPeople(visitors.visit, instance.url);
  await ada.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const reached = new Set<string>();
  for (let step = 0; step < 40; step++) {
    await ada.keyboard.press('Tab');
    const stop = await ada.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return null;
      const style = getComputedStyle(element);
      const isMarked = style.outlineStyle !== 'none' || element.id === 'composer';
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
      return { name: name.slice(0, 60), isMarked };
    });
    if (stop === null) continue;
    expect(stop.name, 'a stop without a name').not.toBe('');
    expect(stop.isMarked, `${stop.name} shows no focus`).toBe(true);
    reached.add(stop.name);
  }
  for (const name of [
    'Skip to writing a message',
    'Create a server',
    'Invite people',
    'Settings',
    'Hide members',
    'Message #general',
  ]) {
    expect([...reached]).toContain(name);
  }
});

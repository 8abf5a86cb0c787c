import type { Locator, Page } from '@playwright/test';
import { Op } from '@snug/protocol';
import { createServer as foundServer, send, signIn } from '@snug/testkit';
import { messages, register, say, twoPeople } from './acts.ts';
import { expect, test } from './fixtures.ts';

const COUNT = 400;

/** A channel in which four hundred things were said, and who reads it. */
async function longChannel(page: Page, url: string): Promise<{ first: string }> {
  const username = await register(page, url, 'Ada');
  const person = await signIn(url, username);
  const { server, channel } = await foundServer(person, 'Archive');
  let first = '';
  for (let i = 1; i <= COUNT; i++) {
    const long = i % 7 === 0 ? ` ${'and a line that goes on '.repeat(12)}` : '';
    const message = await send(person, channel.id, `line ${i}.${long}`);
    if (i === 1) first = message.id;
  }
  await send(person, channel.id, 'an answer to the very first', { reply_to_id: first });
  await page.goto(`${url}/app/s/${server.id}/${channel.id}`);
  await expect(messages(page, 'an answer to the very first')).toBeVisible();
  return { first };
}

function list(page: Page): Locator {
  return page.getByRole('region', { name: 'Messages in general' });
}

test('older messages come in above without moving what is read, down to the first line, and back', async ({
  visitors,
  instance,
}) => {
  test.setTimeout(120_000);
  const page = await visitors.visit();
  await page.route('**/api/v1/channels/*/messages?*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue();
  });
  await longChannel(page, instance.url);
  const moves: number[] = [];
  for (let load = 0; load < 40; load++) {
    if (await page.getByText('This is where #general starts.').isVisible()) break;
    const moved = await scrollUpAndLoad(page);
    if (moved !== null) moves.push(moved);
  }
  await expect(page.getByText('This is where #general starts.')).toBeVisible();
  await expect(page.getByText('line 1.', { exact: true })).toBeVisible();
  // It is about loads: there must have been several, of 50 messages each.
  expect(moves.length).toBeGreaterThanOrEqual(4);
  expect(Math.max(...moves)).toBeLessThanOrEqual(2);
  await page.getByRole('button', { name: 'Jump to present' }).click();
  await expect(messages(page, 'an answer to the very first')).toBeInViewport();
});

/**
 * Scrolls to where more is loaded, picks the row in the middle of the view, waits for the load, and gives how far that row
 * is from where it was: infinitely far when it is no longer drawn. Null when nothing was loaded.
 */
function scrollUpAndLoad(page: Page): Promise<number | null> {
  return list(page).evaluate(async (scroller) => {
    const frames = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
    };
    scroller.scrollTop = 500;
    // Rows that are drawn for the first time are measured then. The load is held back for longer than that takes.
    await frames(30);
    const height = scroller.scrollHeight;
    const box = scroller.getBoundingClientRect();
    const rows = [...scroller.querySelectorAll<HTMLElement>('[data-row]')];
    const row = rows.find((one) => one.getBoundingClientRect().bottom > box.top + box.height / 2);
    if (row === undefined) return null;
    const before = row.getBoundingClientRect().top;
    const deadline = performance.now() + 2500;
    while (Math.abs(scroller.scrollHeight - height) < 1000) {
      if (performance.now() > deadline) return null;
      await frames(1);
    }
    await frames(15);
    const after = scroller.querySelector(`[data-row="${row.dataset.row}"]`);
    return after === null ? 99_999 : Math.abs(after.getBoundingClientRect().top - before);
  });
}

test('a reply leads to what it answers, however far back, and one comes back to the present', async ({
  visitors,
  instance,
}) => {
  test.setTimeout(120_000);
  const page = await visitors.visit();
  await longChannel(page, instance.url);
  await messages(page, 'an answer to the very first')
    .getByRole('button', { name: /line 1\./ })
    .click();
  await expect(page.getByText('line 1.', { exact: true })).toBeInViewport();
  await say(page, 'back in the present');
  await expect(messages(page, 'back in the present')).toBeInViewport();
});

test('who reads further up when the connection begins anew goes on reading there', async ({ visitors, instance }) => {
  test.setTimeout(120_000);
  const page = await visitors.visit();
  let cut: (() => Promise<void>) | null = null;
  // Every resume is answered with "begin anew", as after an absence that was too long.
  await page.routeWebSocket('**/ws*', (socket) => {
    const server = socket.connectToServer();
    cut = () => socket.close({ code: 1012 });
    socket.onMessage((frame) => {
      if ((JSON.parse(String(frame)) as { op: number }).op === Op.RESUME) {
        socket.send(JSON.stringify({ op: Op.INVALID_SESSION, d: false }));
      } else server.send(frame);
    });
  });
  await longChannel(page, instance.url);
  await messages(page, 'an answer to the very first')
    .getByRole('button', { name: /line 1\./ })
    .click();
  await expect(page.getByText('line 1.', { exact: true })).toBeInViewport();
  const line = messages(page, 'line 40.');
  await list(page).hover();
  const middle = (await list(page).evaluate((box) => box.getBoundingClientRect().top + box.clientHeight / 2)) + 50;
  await expect(async () => {
    await page.mouse.wheel(0, 100);
    expect((await line.boundingBox({ timeout: 300 }))?.y).toBeLessThan(middle);
  }).toPass({ intervals: [50] });
  const asked = page.waitForResponse((answer) => answer.url().includes('around='));
  await (cut as (() => Promise<void>) | null)?.();
  await (await asked).finished();
  await expect(page.getByRole('button', { name: 'Jump to present' })).toBeVisible();
  await expect(line).toBeInViewport();
});

/** How far the view is from the end of the list, in px. */
function distanceFromEnd(page: Page): Promise<number> {
  return list(page).evaluate((scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight);
}

test('who is at the end stays there: behind tall messages, and on the way back from elsewhere', async ({
  visitors,
  instance,
}) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  // Taller than the view, each: only the measured height tells where the end is.
  const tall = 'a line\n'.repeat(60);
  for (const last of ['first end', 'second end']) {
    await say(ada, `${tall}${last}`);
    for (const page of [ada, bob]) {
      await expect(messages(page, last)).toBeAttached();
      await expect(page.getByText('Sending…')).toHaveCount(0);
      await expect.poll(() => distanceFromEnd(page)).toBeLessThan(2);
      await expect(page.getByRole('button', { name: 'Jump to present' })).toHaveCount(0);
    }
  }
  await bob
    .getByRole('navigation', { name: 'Servers' })
    .getByRole('link', { name: /^Direct messages/ })
    .click();
  await expect(bob.getByRole('heading', { name: 'Where to?' })).toBeVisible();
  await bob.getByRole('navigation', { name: 'Servers' }).getByRole('link', { name: 'The table' }).click();
  await expect(messages(bob, 'second end')).toBeAttached();
  await say(ada, `${tall}third end`);
  await expect(messages(bob, 'third end')).toBeAttached();
  await expect.poll(() => distanceFromEnd(bob)).toBeLessThan(2);

  // And who goes up is left there.
  await list(bob).hover();
  await bob.mouse.wheel(0, -600);
  await expect(bob.getByRole('button', { name: 'Jump to present' })).toBeVisible();
  const before = await distanceFromEnd(bob);
  expect(before).toBeGreaterThan(400);
  await say(ada, 'unseen below');
  await expect(bob.getByRole('button', { name: /new message/ })).toBeVisible();
  expect(await distanceFromEnd(bob)).toBeGreaterThanOrEqual(before);
});

test('only what is in view is drawn', async ({ visitors, instance }) => {
  test.setTimeout(120_000);
  const page = await visitors.visit();
  await longChannel(page, instance.url);
  for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, -2000);
  expect(await page.getByRole('article').count()).toBeLessThan(70);
});

import type { Locator, Page } from '@playwright/test';
import { createServer as foundServer, send, signIn } from '@snug/testkit';
import { messages, register, say } from './acts.ts';
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

test('scrolling up loads the past without a jump, down to the first line, and back to the present', async ({
  visitors,
  instance,
}) => {
  test.setTimeout(120_000);
  const page = await visitors.visit();
  await longChannel(page, instance.url);
  await list(page).hover();
  // A line that is in view must stay where it is while older ones come in above it.
  let worst = 0;
  for (let turn = 0; turn < 400; turn++) {
    if (await page.getByText('This is where #general starts.').isVisible()) break;
    await page.mouse.wheel(0, -700);
    await page.waitForTimeout(60);
    worst = Math.max(worst, await drift(page));
  }
  await expect(page.getByText('This is where #general starts.')).toBeVisible();
  await expect(messages(page, 'line 1.').first()).toBeVisible();
  expect(worst).toBeLessThanOrEqual(2);
  await page.getByRole('button', { name: 'Jump to present' }).click();
  await expect(messages(page, 'an answer to the very first')).toBeInViewport();
});

/** How far a row in the middle of the view moves within a short while in which nobody scrolls. */
function drift(page: Page): Promise<number> {
  return list(page).evaluate(async (scroller) => {
    const middle = scroller.getBoundingClientRect().top + scroller.clientHeight / 2;
    const rows = [...scroller.querySelectorAll<HTMLElement>('[data-row]')];
    const row = rows.find((one) => one.getBoundingClientRect().bottom > middle);
    if (row === undefined) return 0;
    const before = row.getBoundingClientRect().top;
    await new Promise((resolve) => setTimeout(resolve, 120));
    return row.isConnected ? Math.abs(row.getBoundingClientRect().top - before) : 0;
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

test('only what is in view is drawn', async ({ visitors, instance }) => {
  test.setTimeout(120_000);
  const page = await visitors.visit();
  await longChannel(page, instance.url);
  for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, -2000);
  expect(await page.getByRole('article').count()).toBeLessThan(70);
});

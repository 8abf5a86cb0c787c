import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { composer, messages, say, twoPeople } from './acts.ts';
import { expect, test } from './fixtures.ts';

const CODE = '```ts\nconst much = 1;\n```';

async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('main').analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

test('[MD20] a spoiler opens by keyboard, and its words are not in the page before', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await say(ada, 'It was ||the **gardener**|| all along');
  const article = messages(bob, 'all along');
  const cover = article.getByRole('button', { name: 'Spoiler' });
  await expect(cover).toHaveAttribute('aria-expanded', 'false');
  expect(await bob.content()).not.toContain('gardener');
  await cover.focus();
  await bob.keyboard.press('Enter');
  await expect(article.getByText('the gardener')).toBeFocused();
  await expect(article.locator('strong')).toHaveText('gardener');
});

test('[MD20] code has its language and can be copied', async ({ visitors, instance }) => {
  const { ada } = await twoPeople(
    () => visitors.visit({ permissions: ['clipboard-read', 'clipboard-write'] }),
    instance.url,
  );
  await composer(ada).fill(`${CODE}\nand that`);
  await composer(ada).press('Enter');
  const article = messages(ada, 'and that');
  await expect(article.getByText('ts', { exact: true })).toBeVisible();
  await article.getByRole('button', { name: 'Copy code' }).click();
  await expect(ada.getByText('Copied')).toBeVisible();
  expect(await ada.evaluate(() => navigator.clipboard.readText())).toBe('const much = 1;');
});

test('[MD20] links open elsewhere and tell nothing of where they were', async ({ visitors, instance }) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  await say(ada, 'See (https://example.org/a_(b)), please');
  const link = messages(bob, 'please').getByRole('link');
  await expect(link).toHaveText('https://example.org/a_(b)');
  await expect(link).toHaveAttribute('href', 'https://example.org/a_(b)');
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
});

test('[MD20] [MD12] names of emoji are loaded by the first text with one, and few alone are large', async ({
  visitors,
  instance,
}) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  const asked: string[] = [];
  bob.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const tables = () => asked.filter((path) => path.startsWith('/assets/emoji-'));
  await say(ada, 'plain words 🎲');
  await expect(messages(bob, 'plain words')).toBeVisible();
  expect(tables()).toEqual([]);
  await say(ada, ':tada: :no_such_name:');
  await expect(messages(bob, '🎉 :no_such_name:')).toBeVisible();
  expect(tables()).toHaveLength(1);
  await say(ada, ':tada::heart:');
  const size = (page: Page, words: string) =>
    messages(page, words)
      .getByText(words.slice(0, 2))
      .first()
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  await expect(messages(bob, '🎉❤️')).toBeVisible();
  expect(await size(bob, '🎉❤️')).toBeGreaterThan(2 * (await size(bob, 'plain words')));
  expect(tables()).toHaveLength(1);
});

test('mentions by id have the names their reader knows, lead there, and are readable', async ({
  visitors,
  instance,
}) => {
  const { ada, bob } = await twoPeople(visitors.visit, instance.url);
  const [, serverId, channelId] = /\/s\/([^/]+)\/([^/]+)/.exec(ada.url()) ?? [];
  await say(
    ada,
    `Come to <#${channelId}>, <@&${serverId}> and <@01ARZ3NDEKTSV4RRFFQ69G5FAV>: #general #nowhere @nobody`,
  );
  const article = messages(bob, 'Come to');
  await expect(article).toContainText('Come to #general, @everyone and @unknown: #general #nowhere @nobody');
  await expect(article.getByRole('link', { name: '#general' })).toHaveCount(2);
  await expect(article.getByRole('link').first()).toHaveAttribute('href', `/app/s/${serverId}/${channelId}`);
  await say(ada, `${CODE}\n> ${'a long quote '.repeat(20)}\n\`code\` ||hidden||`);
  await expect(bob.getByRole('button', { name: 'Spoiler' })).toBeVisible();
  expect(await barriers(bob)).toEqual([]);
});

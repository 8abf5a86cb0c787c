import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import { type SnugProcess, startProcess } from '@snug/testkit';

export { expect };

export interface Visitors {
  /** A page of a browser of its own: own cookies, own storage. What goes wrong in it fails the test at its end. */
  visit(options?: BrowserContextOptions): Promise<Page>;
}

/** What a page may say in the console while its server is away or refuses something: the browser's own words. */
const EXPECTED = /Failed to load resource|WebSocket connection to .* failed|the instance did not say|were not loaded/;

export const test = base.extend<{ visitors: Visitors }, { instance: SnugProcess }>({
  instance: [
    // biome-ignore lint/correctness/noEmptyPattern: the shape that Playwright asks for
    async ({}, use) => {
      await using instance = await startProcess();
      await use(instance);
    },
    { scope: 'worker' },
  ],
  visitors: async ({ browser }, use) => {
    const problems: string[] = [];
    const contexts: BrowserContext[] = [];
    const visit = async (options: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext(options);
      contexts.push(context);
      await context.exposeBinding('reportViolation', (_source, words: string) => problems.push(`CSP: ${words}`));
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          const report = Reflect.get(window, 'reportViolation') as (words: string) => void;
          report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
        });
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error' && !EXPECTED.test(message.text())) problems.push(message.text());
      });
      return page;
    };
    await use({ visit });
    // Nobody else closes them: the pages of every test would go on living beside those of the next.
    await Promise.all(contexts.map((context) => context.close()));
    expect(problems).toEqual([]);
  },
});

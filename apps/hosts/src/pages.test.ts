import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SERVER, USAGES } from '../../../packages/elements/src/testing/usage.ts';
import { chromiumArgs, findChromium } from '../../../scripts/chromium.mjs';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs() });
});
afterAll(() => browser.close());

// Angular's tool is 200 packages that nothing else here needs: `pnpm angular` installs it, builds the page and asks for it.
const HOSTS = [
  { host: 'react', skip: false },
  { host: 'vue', skip: false },
  { host: 'angular', skip: process.env['SAMA_ANGULAR'] !== '1' },
];

describe.each(HOSTS)('a page of $host, built by its own tool', ({ host, skip }) => {
  let server: PreviewServer | undefined;
  beforeAll(async () => {
    if (skip) return;
    const root = fileURLToPath(new URL(`../dist/${host}`, import.meta.url));
    server = await preview({
      configFile: false,
      root,
      build: { outDir: root },
      preview: { host: '127.0.0.1', port: 0, strictPort: false },
      logLevel: 'error',
    });
  });
  afterAll(() => server?.close());

  test.skipIf(skip)('properties go in, events come out, a ref reaches the methods', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(server?.resolvedUrls?.local[0] ?? '');
    const funnel = page.locator('sama-funnel');
    await funnel.getByText('18,400').first().waitFor();
    await funnel.getByText('New customers').first().waitFor();
    expect(await funnel.evaluate((element) => Reflect.get(element, 'timeZone'))).toBe('Europe/Vienna');

    await page.getByRole('button', { name: 'Later' }).click();
    await funnel.getByText('20,100').first().waitFor();
    await funnel.locator('[data-mark="0:0"]').first().click();
    await expect.poll(() => page.locator('#chosen').textContent()).toBe('Lead');
    await page.getByRole('button', { name: 'As CSV' }).click();
    await expect.poll(() => page.locator('#csv').textContent()).toContain('20100');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.skipIf(skip)(
    'what the catalogue gives to copy draws each element, which asks the server it is told',
    async () => {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      const asked: string[] = [];
      await page.route(`${SERVER}/**`, async (route) => {
        const { searchParams } = new URL(route.request().url());
        asked.push(
          Buffer.from(searchParams.get('q') ?? '', 'base64url').toString() || (route.request().postData() ?? ''),
        );
        await route.fulfill({ status: 503, json: {}, headers: { 'access-control-allow-origin': '*' } });
      });
      await page.goto(`${server?.resolvedUrls?.local[0] ?? ''}usage.html`);
      for (const { tag, attributes } of Object.values(USAGES)) {
        const element = page.locator(tag).first();
        await element.waitFor({ state: 'attached' });
        await expect
          .poll(() => element.evaluate(({ shadowRoot }) => shadowRoot?.childElementCount ?? 0))
          .toBeGreaterThan(0);
        const given = await element.evaluate(
          (one, names) => names.map((name) => Reflect.get(one, name) ?? one.getAttribute(name)),
          Object.keys(attributes),
        );
        expect([tag, ...given]).toEqual([tag, ...Object.values(attributes)]);
      }
      const text = (): string => asked.join(' ');
      for (const told of [
        '"period":"2026-Q1"',
        '"acceptance"',
        '"view":"team"',
        '"kind":"glossary"',
        '"compare":"previous"',
      ])
        await expect.poll(text).toContain(told);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );
});

import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { chromiumArgs, findChromium } from '../../../scripts/chromium.mjs';
import { fileReply, serve, type WebServer } from './web-server.ts';

const BUILT = fileURLToPath(new URL('../storybook-static', import.meta.url));

let browser: Browser;
let server: WebServer;
let page: Page;

beforeAll(async () => {
  server = await serve(async (path) => fileReply(BUILT, path));
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs() });
});
afterAll(() => Promise.all([browser.close(), server.close()]));
afterEach(() => page.close());

async function edit(globals = ''): Promise<void> {
  page = await browser.newPage();
  await page.goto(`${server.origin}/iframe.html?id=foundations-theme-editor--editor&viewMode=story&globals=${globals}`);
  await page.locator('sama-funnel .row .advanced').first().waitFor();
}

const styleOf = (selector: string, name: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);

test('a brand that cannot be read is adjusted and reported, and its lines can be copied', async () => {
  await edit();
  await page.getByRole('button', { name: 'Sunny Side' }).click();
  await page.getByText('The accent was adjusted.').waitFor();
  expect(await page.locator('.report').textContent()).toContain('#ffd400 has 1.4 : 1 on #ffffff');
  expect(await page.locator('.report').textContent()).toContain('81 of 81 pairs');
  expect(await page.locator('.copy pre').textContent()).toContain('--sama-accent: #ffd400;');
  expect(await styleOf('sama-funnel .row .advanced', 'fill')).toMatch(/^oklch\(0\.47 .* (9\d|10\d)\.?\d*\)$/);
  expect(await styleOf('sama-funnel .sama', 'border-top-left-radius')).toBe('0px');
  expect(await styleOf('sama-funnel .sama', 'font-family')).toContain('Verdana');
});

test('a text that is faint on its surface is reported by its pairs', async () => {
  await edit();
  await page.getByLabel('Text').fill('#9a9a9a');
  await page.getByText('Too faint:').waitFor();
  expect(await page.locator('.report .bad').textContent()).toContain('text on surface (2.7)');
});

test('the toolbar gives high contrast, and compact rows', async () => {
  await edit('theme:contrast;density:compact');
  expect(await styleOf('sama-funnel .sama', 'border-top-width')).toBe('2px');
  expect(await styleOf('sama-funnel .sama', 'background-color')).toBe('rgb(255, 255, 255)');
  expect(await styleOf('.preview', '--sama-row-height')).toBe('2.5em');
  await page.getByText('In high contrast only the hue').waitFor();
});

import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { USAGES, WAYS } from '../../../packages/elements/src/testing/usage.ts';
import { chromiumArgs, findChromium } from '../../../scripts/chromium.mjs';
import { type Entry, entries, serveCatalogue, tell } from './catalogue.ts';
import type { WebServer } from './web-server.ts';

let browser: Browser;
let context: BrowserContext;
let server: WebServer;

beforeAll(async () => {
  server = await serveCatalogue();
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs() });
  context = await browser.newContext();
});

afterAll(async () => {
  await Promise.all([browser.close(), server.close()]);
});

/** Opens an entry of the catalogue alone; gives the page and what it complains of. */
async function open(
  { id, type }: Pick<Entry, 'id' | 'type'>,
  globals = '',
): Promise<{ page: Page; complaints: string[] }> {
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  await page.goto(`${server.origin}/iframe.html?id=${id}&viewMode=${type}&globals=${globals}`);
  const root = type === 'docs' ? '#storybook-docs' : '#storybook-root';
  await page.locator(`${root} > *`).first().waitFor({ state: 'attached' });
  return { page, complaints };
}

const all = Object.values(entries);
const docs = all.filter(({ type }) => type === 'docs');
const stories = all.filter(({ type }) => type === 'story');

/** The stories on a page that have not drawn anything yet, or hold an element that has not. */
function undrawn(page: Page, ids: readonly string[]): Promise<string[]> {
  return page.evaluate(
    (wanted) =>
      wanted.filter((id) => {
        const parts = [...document.querySelectorAll(`[id^="story--${id}"] .host-page *`)];
        const isEmpty = ({ localName, shadowRoot }: Element): boolean =>
          localName.startsWith('sama-') && (shadowRoot?.childElementCount ?? 0) === 0;
        return parts.length === 0 || parts.some(isEmpty);
      }),
    [...ids],
  );
}

/** The parts of an anatomy that have no number in its picture. */
function unmarked(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('anatomy-figure')].flatMap((figure) => {
      const parts: readonly { name: string }[] = Reflect.get(figure, 'parts');
      const marked = new Set(Array.from(figure.querySelectorAll('.anatomy-marks b'), (mark) => mark.textContent));
      return parts.flatMap(({ name }, i) => (marked.has(String(i + 1)) ? [] : [name]));
    }),
  );
}

test('every story stands on a page of its own title', () => {
  const titles = new Set(docs.map(({ title }) => title));
  expect(stories.length).toBeGreaterThan(4);
  expect(stories.filter(({ title }) => !titles.has(title))).toEqual([]);
});

/** The pages of the API are written by one hand; what may be wrong with them has a test of its own. */
const drawn = docs.filter(({ title }) => !title.startsWith('API/'));

describe('the pages, one after the other as a reader turns them', () => {
  let book: Awaited<ReturnType<typeof open>>;
  afterAll(() => book.page.close());

  test.each(drawn.map((page) => [page.title, page] as const))(
    '%s: all of the page is drawn, without an error',
    async (title, { id }) => {
      book ??= await open({ id: 'welcome--front', type: 'story' });
      const { page, complaints } = book;
      complaints.length = 0;
      await tell(page, 'setCurrentStory', { storyId: id, viewMode: 'docs' });
      await expect.poll(() => page.locator('body').getAttribute('class')).toContain('sb-show-main');
      await expect.poll(() => page.locator('#storybook-docs h1').first().isVisible()).toBe(true);
      const own = stories.filter((story) => story.title === title).map((story) => story.id);
      await expect.poll(() => undrawn(page, own)).toEqual([]);
      await expect.poll(() => unmarked(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});

test('the page of an element: its own words and examples, controls that act, and four ways to copy it', async () => {
  const { page } = await open({ id: 'elements-filter--docs', type: 'docs' });
  const heads = ['Playground', 'Anatomy', 'Keyboard', 'Do and don’t', 'API', 'Copy and paste', 'States'];
  for (const name of heads) await page.locator('h2', { hasText: name }).waitFor();
  const played = page.locator('.sb-story sama-filter').first();
  await page.locator('select[id$="-density"]').selectOption('compact');
  await expect.poll(() => played.getAttribute('density')).toBe('compact');
  await page.locator('button[id$="-compare"]').click();
  await page.locator('textarea[id$="-compare"]').fill('previous-year');
  await expect.poll(() => played.getAttribute('compare')).toBe('previous-year');
  const shown = await page.locator('pre').allTextContents();
  for (const { text } of Object.values(WAYS))
    expect(shown.map((code) => code.trim())).toContain(text(USAGES['sama-filter']).trim());
  await page.close();
});

test('the API: a page for each path of the SDK, with anchors that lead somewhere', async () => {
  const { exports } = JSON.parse(
    readFileSync(new URL('../node_modules/@sama/metrics/package.json', import.meta.url), 'utf8'),
  );
  const pages = docs.filter(({ title }) => title.startsWith('API/metrics/'));
  expect(pages.length).toBe(Object.keys(exports).length);
  const ids = new Set(docs.map(({ id }) => id));
  const { page, complaints } = await open({ id: 'api-metrics-root--docs', type: 'docs' });
  await page.locator('td a').first().waitFor();
  const links = await page.locator('td a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(links.length).toBeGreaterThan(100);
  const lost = links.filter((href) => href.startsWith('?') && !ids.has(/docs\/(.*)#/.exec(href)?.[1] ?? ''));
  expect({ lost, complaints }).toEqual({ lost: [], complaints: [] });
  await page.close();
  const contracts = await open({ id: 'api-metrics-contracts--docs', type: 'docs' });
  await contracts.page.locator('td a').first().waitFor();
  const dead = await contracts.page.evaluate(() =>
    [...document.querySelectorAll('td a')]
      .map((link) => link.getAttribute('href') ?? '')
      .filter((href) => href.startsWith('#') && document.getElementById(href.slice(1)) === null),
  );
  expect({ dead, complaints: contracts.complaints }).toEqual({ dead: [], complaints: [] });
  await contracts.page.close();
});

test('pages of words, foundations and patterns fit a telephone', async () => {
  const own = stories.filter(({ title }) => /^(Welcome|Foundations|Patterns)/.test(title));
  const { page } = await open({ id: 'welcome--front', type: 'story' });
  await page.setViewportSize({ width: 360, height: 800 });
  for (const { id } of own.toSorted((a) => (a.id === 'welcome--front' ? 1 : -1))) {
    await tell(page, 'setCurrentStory', { storyId: id, viewMode: 'story' });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: id })
      .toBeLessThanOrEqual(360);
  }
  expect(own.length).toBeGreaterThan(8);
  await page.close();
});

test('the toolbar speaks all five languages, each complete', async () => {
  const { page } = await open({ id: 'elements-scorecard--healthy', type: 'story' });
  const words = { de: 'Tabelle', es: 'Tabla', ja: '表', ar: 'جدول', en: 'Table' };
  for (const [locale, table] of Object.entries(words)) {
    await tell(page, 'updateGlobals', { globals: { locale } });
    await expect.poll(() => page.getByRole('button', { name: table, exact: true }).count()).toBe(1);
  }
  await page.close();
});

test('the toolbar reaches the page: theme, language and direction', async () => {
  const story = { id: 'foundations-data-patterns--data-patterns', type: 'story' } as const;
  const { page } = await open(story, 'theme:dark;locale:de;direction:rtl');
  const html = page.locator('html');
  await expect.poll(() => html.getAttribute('lang')).toBe('de');
  expect(await html.getAttribute('dir')).toBe('rtl');
  expect(await html.evaluate((element) => getComputedStyle(element).colorScheme)).toBe('dark');
  // The colour of the dark theme: --sama-data-advanced with light-dark() intact in the built style sheet.
  const fill = await page.locator('rect.bar.advanced').evaluate((rect) => getComputedStyle(rect).fill);
  const light = await open(story);
  const lightFill = await light.page.locator('rect.bar.advanced').evaluate((rect) => getComputedStyle(rect).fill);
  expect(fill).not.toBe(lightFill);
  expect(fill).not.toBe('rgb(0, 0, 0)');
  await Promise.all([page.close(), light.page.close()]);
});

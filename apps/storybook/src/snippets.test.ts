import { readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { USAGES, WAYS } from '../../../packages/elements/src/testing/usage.ts';
import { chromiumArgs, findChromium } from '../../../scripts/chromium.mjs';
import { type Host, startHost } from './host.ts';
import { startSama } from './sama-server.ts';
import { SERVER, snippets } from './snippets.ts';

let browser: Browser;
let host: Host;
let page: Page;
/** Everything the page complains of: errors of scripts, of the console and of the elements. */
let complaints: string[];

beforeAll(async () => {
  host = await startHost();
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs() });
});

afterAll(async () => {
  await Promise.all([browser.close(), host.close()]);
});

beforeEach(async () => {
  complaints = [];
  page = await browser.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await page.addInitScript(() => {
    addEventListener('sama-error', () => console.error('sama-error'));
  });
});

afterEach(async () => {
  await page.close();
});

/** What a strict page allows: scripts and answers of itself and of the server, and nothing inline. */
const strict = (server: string): string =>
  `default-src 'none'; img-src data:; script-src 'self' ${server}; style-src 'self'; connect-src 'self' ${server}`;

test('from a server: a page of another origin shows the funnel of the demo company, or all widgets', async () => {
  const sama = await startSama(host.origin);
  try {
    host.show(snippets.server.html.replaceAll(SERVER, sama.origin), strict(sama.origin));
    await page.goto(host.origin);
    await page.locator('sama-funnel').getByText('Opportunity').first().waitFor();
    host.show(snippets.page.html.replaceAll(SERVER, sama.origin), strict(sama.origin));
    await page.goto(host.origin);
    const drawn = {
      'sama-scorecard': /^(Win rate|Acceptance rate)$/,
      'sama-funnel': 'Opportunity',
      'sama-handoff-queue': /^Breached/,
      'sama-glossary': 'Buying group',
    };
    for (const [name, text] of Object.entries(drawn))
      await page.locator(name).getByText(text).filter({ visible: true }).first().waitFor();
    await page.locator('sama-term').click();
    await page.getByRole('dialog').getByText('Marketing qualified lead').first().waitFor();
    // What the page of each element gives to copy, all of it on one page.
    const copied = Object.values(USAGES).map((usage) => WAYS.HTML.text(usage));
    host.show(copied.join('\n').replaceAll(SERVER, sama.origin), strict(sama.origin));
    await page.goto(host.origin);
    const copies = {
      'sama-funnel': 'Opportunity',
      'sama-scorecard': /^(Win rate|Acceptance rate)$/,
      'sama-kpi': 'Acceptance rate',
      'sama-handoff-queue': /^Breached/,
      'sama-glossary': 'Buying group',
      'sama-filter': 'all segments',
    };
    for (const [name, text] of Object.entries(copies))
      await page.locator(name).getByText(text).filter({ visible: true }).first().waitFor();
    await page.locator('sama-term .word').waitFor();
    await page.locator('sama-provider > sama-filter').getByText('Q1 2026').first().waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await sama.close();
  }
}, 120_000);

test.each([
  ['from a file', snippets.file.html, true, ['18,400', '7,312']],
  ['from the page itself', snippets.script.html, true, ['18,400', '7,312']],
  ['from a table', snippets.table.html, true, ['18,400', '7,312']],
  ['from JavaScript', snippets.data.html, false, ['18,400', '7,312']],
  ['in another language', snippets.language.html, true, ['18.400', '7.312', 'Tabelle']],
])('%s: the funnel shows the counts it was given', async (_, html, isStrict, shown) => {
  host.show(html.replaceAll(`${SERVER}/cdn/latest/`, '/cdn/'), isStrict ? strict('') : undefined);
  await page.goto(host.origin);
  const funnel = page.locator('sama-funnel');
  // With a separator: this is the number the element has drawn, not the one in the page's source.
  for (const text of shown) await funnel.getByText(text).first().waitFor();
  expect(complaints).toEqual([]);
});

test('the README shows the same snippets', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const shown = [...readme.matchAll(/^```html\n(.*?)\n```$/gms)].map((block) =>
    (block[1] ?? '').replaceAll('http://localhost:4400', SERVER),
  );
  const known = new Set<string>(Object.values(snippets).map(({ html }) => html));
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter((snippet) => !known.has(snippet))).toEqual([]);
});

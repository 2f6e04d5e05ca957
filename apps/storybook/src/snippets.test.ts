import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { USAGES, WAYS } from '../../../packages/elements/src/testing/usage.ts';
import { chromiumArgs, findChromium } from '../../../scripts/chromium.mjs';
import { examples } from '../../../scripts/examples.mjs';
import { type Host, startHost } from './host.ts';
import { type SamaServer, startSama } from './sama-server.ts';
import { FIVE } from './five.ts';
import { SERVER, snippets } from './snippets.ts';
import { fileReply, serve } from './web-server.ts';

let browser: Browser;
let host: Host;
let sama: SamaServer;
let page: Page;
/** Everything the page complains of: errors of scripts, of the console and of the elements. */
let complaints: string[];

beforeAll(async () => {
  host = await startHost();
  sama = await startSama(host.origin);
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs() });
});

afterAll(async () => {
  await Promise.all([browser.close(), host.close(), sama.close()]);
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
  const shown = examples('snippets').map(({ code }) => code.trimEnd().replaceAll('http://localhost:4400', SERVER));
  const known = new Set<string>(Object.values(snippets).map(({ html }) => html));
  expect(shown.filter((snippet) => !known.has(snippet))).toEqual([]);
});

test('the ways into a page that docs/embedding.md shows work as they stand there', async () => {
  const [file = '', pinned = '', modules = '', suffixed = ''] = examples('embedding', 'html', 'html', 'html', 'js').map(
    ({ code }) => code,
  );
  const read = async (name: string): Promise<string> => (await fetch(`${sama.origin}/cdn/latest/${name}`)).text();
  const { version, files }: { version: string; files: { path: string; integrity: string }[] } = JSON.parse(
    await read('integrity.json'),
  );
  // As a page of another origin writes it.
  const map = (await read('importmap.json')).replaceAll('"/cdn/', `"${sama.origin}/cdn/`);
  const { integrity }: { integrity: Record<string, string> } = JSON.parse(map);
  const [, element = ''] = file.trim().split('\n');
  const shows = async (html: string, tag = 'sama-funnel'): Promise<void> => {
    host.show(html);
    await page.goto(host.origin);
    await page.locator(tag).getByText('18,400').first().waitFor();
  };
  await shows(file.replace('src="sama-', 'src="cdn/sama-'));
  const hash = files.find(({ path }) => path === 'sama-funnel.js')?.integrity ?? '';
  const here = (html: string): string => html.replaceAll('0.1.0', version).replaceAll(SERVER, sama.origin);
  await shows(here(pinned).replace('sha384-…', hash) + element);
  const written = here(modules).replace('"/cdn/', `"${sama.origin}/cdn/`).replace('{ … }', JSON.stringify(integrity));
  await shows(written + element);
  await shows(
    `<script type="importmap">${map}</script><script type="module">${suffixed}</script>${element.replaceAll('sama-funnel', 'sama-funnel-v2')}`,
    'sama-funnel-v2',
  );
  expect(complaints).toEqual([]);
  host.show(
    here(pinned).replace(
      'sha384-…',
      hash.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    ) + element,
  );
  await page.goto(host.origin);
  await expect.poll(() => complaints.join()).toMatch(/integrity/);
});

test('the five variables of the page on tokens are taken up', async () => {
  host.show(`<style>${FIVE}</style>${snippets.table.html.replaceAll(`${SERVER}/cdn/latest/`, '/cdn/')}`);
  await page.goto(host.origin);
  const funnel = page.locator('sama-funnel');
  await funnel.getByText('18,400').first().waitFor();
  const styles = await funnel.locator('.sama').evaluate((element) => {
    const { fontFamily, color, backgroundColor, borderRadius } = getComputedStyle(element);
    return { fontFamily, color, backgroundColor, borderRadius };
  });
  expect(styles).toEqual({
    fontFamily: 'Georgia, serif',
    color: 'rgb(29, 42, 27)',
    backgroundColor: 'rgb(255, 253, 247)',
    borderRadius: '4px',
  });
});

test('a bundle of the page on languages speaks with words of its own', async () => {
  const entry = fileURLToPath(new URL('languages.example.ts', import.meta.url));
  const outDir = await mkdtemp(join(tmpdir(), 'sama-bundle-'));
  const lib = { entry, formats: ['es' as const], fileName: 'page' };
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    // As a host builds it, though here NODE_ENV is that of a test.
    resolve: { conditions: ['module', 'browser', 'production'] },
    build: { outDir, minify: false, lib },
  });
  const body = `<script type="module" src="/page.js"></script>${snippets.table.html.replace(/<script.*\n/, '')}`;
  const bundled = await serve(async (path) =>
    path === '/'
      ? { type: 'text/html', body: `<!doctype html><html lang="de-AT"><link rel="icon" href="data:,">${body}</html>` }
      : fileReply(outDir, path),
  );
  onTestFinished(async () => {
    await bundled.close();
    await rm(outDir, { recursive: true });
  });
  await page.goto(bundled.origin);
  await page.locator('sama-funnel').getByText('Als Tabelle').first().waitFor();
  expect(complaints).toEqual([]);
});

test('whatever a page of the catalogue gives to copy is run by a test of this folder', () => {
  const folder = new URL('../docs/', import.meta.url);
  const tests = ['snippets.test.ts', 'host.ts']
    .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
    .join();
  const shown = readdirSync(folder).flatMap((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return [...text.matchAll(/<Source code=\{([^}]+)\}/g)].map(([, code = '']) => {
      const [, raw] = new RegExp(`import ${code} from '[^']*/([^/']+)\\?raw'`).exec(text) ?? [];
      return `${name}: ${raw ?? code}`;
    });
  });
  expect(shown.length).toBeGreaterThan(9);
  expect(shown.filter((one) => !tests.includes(one.split(': ')[1] ?? ''))).toEqual([]);
});

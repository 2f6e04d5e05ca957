import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumArgs, findChromium } from '../../../scripts/chromium.mjs';
import { startSama, type SamaServer } from './sama-server.ts';
import { serve, type WebServer } from './web-server.ts';

const CDN = fileURLToPath(new URL('../../../packages/elements/dist/cdn/', import.meta.url));

interface Release {
  version: string;
  files: { path: string; bytes: number; integrity: string }[];
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const isRelease = (value: unknown): value is Release => value instanceof Object && 'files' in value;
const read = (value: unknown): Release => {
  if (!isRelease(value)) throw new Error('integrity.json lists no files');
  return value;
};
const release = read(json(`${CDN}integrity.json`));
const whole = release.files.map(({ path }) => path).filter((path) => !path.includes('/'));
const isWords = (path: string): boolean => path.startsWith('sama-locale-');
/** Parts of a widget that its file loads later define no tag, nor do words. */
const single = whole.filter((path) => !/-(?:detail|desk|names|numbers|served)/.test(path) && !isWords(path));
const TABLE = '<table><tr><th>Lead</th><td>18400</td></tr><tr><th>Won</th><td>391</td></tr></table>';
const FUNNEL = `<sama-funnel>${TABLE}</sama-funnel>`;
/** Another release: the same with another number. */
const old = (code: string): string => code.replaceAll(`"${release.version}"`, '"0.0.7"');

let browser: Browser;
let page: Page;
let complaints: string[];
let host: WebServer;
let html = '';

const document = (body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs() });
  host = await serve(async (path) => {
    if (path === '/') return { type: 'text/html', body: html };
    const [, age, file] = /^\/(new|old)\/(.*\.js)$/.exec(path) ?? [];
    if (file === undefined) return undefined;
    const code = await readFile(join(CDN, file), 'utf8');
    return { type: 'text/javascript', body: age === 'old' ? old(code) : code };
  });
});
afterAll(async () => {
  await Promise.all([browser.close(), host.close()]);
});
beforeEach(async () => {
  complaints = [];
  page = await browser.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
});
afterEach(() => page.close());

/** Opens a page with this body, over HTTP. */
async function open(body: string): Promise<void> {
  html = document(body);
  await page.goto(host.origin);
}

/** The tags of the elements that are defined, of a set. */
const tags = (suffix = ''): Promise<string[]> =>
  page.evaluate(
    (suffix) =>
      ['funnel', 'scorecard', 'kpi', 'handoff-queue', 'glossary', 'term', 'provider', 'filter']
        .map((name) => `sama-${name}${suffix}`)
        .filter((tag) => customElements.get(tag) !== undefined),
    suffix,
  );

/** What a version says of itself. */
const versions = (...names: string[]): Promise<unknown[]> =>
  page.evaluate((names) => names.map((tag) => Reflect.get(customElements.get(tag) ?? {}, 'version')), names);

const drawn = (tag: string): Promise<void> => page.locator(tag).getByText('18,400').first().waitFor();

describe('single files', () => {
  test('there is one for each widget, and one for all', () => {
    expect(single).toEqual(expect.arrayContaining(['sama.js', 'sama-funnel.js', 'sama-provider.js']));
  });

  test.each(single)('%s runs as a classic script and as a module', async (file) => {
    await open(`<script src="/new/${file}"></script>`);
    const classic = await tags();
    await open(`<script type="module" src="/new/${file}"></script>`);
    expect(await tags()).toEqual(classic);
    expect(classic).toContain(file === 'sama.js' ? 'sama-funnel' : file.slice(0, -'.js'.length));
    expect(complaints).toEqual([]);
  });

  test.each(single)('%s runs on a page that is opened from a file', async (file) => {
    const folder = await mkdtemp(join(tmpdir(), 'sama-page-'));
    try {
      const code = await readFile(join(CDN, file), 'utf8');
      await writeFile(join(folder, file), code);
      const path = join(folder, 'page.html');
      await writeFile(path, document(`${FUNNEL}<script src="${file}"></script>`));
      await page.goto(pathToFileURL(path).href);
      const classic = await tags();
      if (classic.includes('sama-funnel')) await drawn('sama-funnel');
      // A browser loads no module from a file; written into the page it runs.
      await writeFile(path, document(`${FUNNEL}<script type="module">${code}</script>`));
      await page.goto(pathToFileURL(path).href);
      expect(await tags()).toEqual(classic);
      expect(classic).not.toEqual([]);
      expect(complaints).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test.each(['sama.js', 'sama-funnel.js'])('%s has from beside it what is wanted by a press', async (file) => {
    await open(`${FUNNEL}<script src="/new/${file}"></script>`);
    await drawn('sama-funnel');
    await page.locator('sama-funnel .toggle').click();
    await page.locator('sama-funnel caption').waitFor();
    expect(complaints).toEqual([]);
  });

  test('a file that stands alone says what it cannot load, and shows it once it can', async () => {
    const beside = '**/sama-funnel-detail.js';
    await page.route(beside, (route) => route.abort());
    await open(`${FUNNEL}<script src="/new/sama-funnel.js"></script>`);
    await drawn('sama-funnel');
    await page.locator('sama-funnel .toggle').click();
    await page.getByText('This cannot be loaded.').waitFor();
    await page.unroute(beside);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('sama-funnel caption').waitFor();
    expect(await page.getByText('This cannot be loaded.').count()).toBe(0);
  });

  test('what only some funnels show comes from files of its own, and is told of where they are not', async () => {
    const noted = JSON.stringify({
      v: 1,
      status: 'ok',
      flags: [],
      warnings: [],
      asOf: '2026-04-01',
      annotation: [{ at: '2026-03-01', kind: 'event', text: 'Fair' }],
      data: {
        kind: 'funnel',
        label: 'Leads',
        view: 'snapshot',
        measure: 'count',
        anchor: 'lead',
        unit: 'entity',
        entryPolicy: 'first',
        skipPolicy: 'impute',
        timeZone: 'UTC',
        side: [],
        stages: [
          { key: 'lead', label: 'Lead', count: 9, imputed: 0 },
          { key: 'won', label: 'Won', count: 3, imputed: 0 },
        ],
      },
    });
    const beside = '**/sama-funnel-detail-notes.js';
    await page.route(beside, (route) => route.abort());
    await open(
      `<sama-funnel skin="trapezoid"><script type="application/json">${noted}</script></sama-funnel><script src="/new/sama-funnel.js"></script>`,
    );
    await page.getByText('This cannot be loaded.').waitFor();
    await page.locator('sama-funnel .badge').waitFor();
    await page.unroute(beside);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Mar 1, 2026, Event: Fair.' }).waitFor();
    expect(await page.getByText('This cannot be loaded.').count()).toBe(0);
  });

  test.each(whole.filter(isWords))('%s gives the widgets that come after it its words', async (file) => {
    const [, tag] = /-(\w+)\.js$/.exec(file) ?? [];
    await open(
      `<div lang="${tag}">${FUNNEL}</div><script src="/new/${file}"></script><script src="/new/sama-funnel.js"></script>`,
    );
    const finding = page.locator('sama-funnel .finding');
    await finding.getByText('Won').waitFor();
    expect(await finding.textContent()).not.toContain('reached');
    expect(complaints).toEqual([]);
  });

  test('all elements together are those of the files for each', async () => {
    await open('<script src="/new/sama.js"></script>');
    const all = await tags();
    const scripts = single.filter((file) => file !== 'sama.js').map((file) => `<script src="/new/${file}"></script>`);
    await open(scripts.join(''));
    expect(await tags()).toEqual(all);
  });

  test('a script tag may ask for a set of its own with closed shadow trees', async () => {
    await open(
      `<script src="/new/sama.js"></script><script src="/new/sama.js" data-sama-suffix="-v2" data-sama-shadow="closed"></script>
      ${FUNNEL}<sama-funnel-v2>${TABLE}</sama-funnel-v2>`,
    );
    await drawn('sama-funnel');
    const seen = await page.evaluate(() =>
      ['sama-funnel', 'sama-funnel-v2'].map((tag) => {
        const element = globalThis.document.querySelector<HTMLElement>(tag);
        return { open: element?.shadowRoot !== null, high: (element?.offsetHeight ?? 0) > 100 };
      }),
    );
    expect(seen).toEqual([
      { open: true, high: true },
      { open: false, high: true },
    ]);
    expect((await tags('-v2')).map((tag) => tag.replace('-v2', ''))).toEqual(await tags());
    expect(complaints).toEqual([]);
  });
});

describe('two versions on one page', () => {
  const NEW = '<script src="/new/sama.js"></script>';
  const OLD = '<script src="/old/sama.js"></script>';

  test.each([
    ['the newer first', NEW, OLD, release.version],
    ['the older first', OLD, NEW, '0.0.7'],
  ])('%s: the first stays, the second says so, both draw', async (_, first, second, stays) => {
    const apart = (script: string, suffix: string): string => script.replace('src', `data-sama-suffix="${suffix}" src`);
    const other = [release.version, '0.0.7'].find((version) => version !== stays);
    await open(
      `${first}${second}${apart(second, '-two')}${FUNNEL}<sama-provider locale="de"><sama-funnel-two>${TABLE}</sama-funnel-two></sama-provider>`,
    );
    await drawn('sama-funnel');
    // A provider of one version speaks for elements of the other.
    await page.locator('sama-funnel-two').getByText('18.400').first().waitFor();
    expect(await versions('sama-funnel', 'sama-funnel-two')).toEqual([stays, other]);
    expect(complaints.toSorted()).toEqual(
      (await tags())
        .map((tag) => `<${tag}> is already defined by version ${stays}; version ${other} is not used.`)
        .toSorted(),
    );
  });
});

describe('as the server sends them', () => {
  let sama: SamaServer;
  beforeAll(async () => {
    sama = await startSama(host.origin);
  });
  afterAll(() => sama.close());

  const fetched = async (path: string): Promise<unknown> =>
    (await fetch(`${sama.origin}/cdn/${release.version}/${path}`)).json();

  test('the hashes are those of the release', async () => {
    const { version, files } = read(await fetched('integrity.json'));
    const listed = files.map(({ path, bytes, integrity }) => ({ path, bytes, integrity }));
    expect({ version, files: listed.toSorted((a, b) => (a.path < b.path ? -1 : 1)) }).toEqual({
      ...release,
      files: release.files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    });
  });

  test('a browser takes a file by its hash and refuses it by another', async () => {
    const { files } = read(await fetched('integrity.json'));
    const hash = (path: string): string => files.find((file) => file.path === path)?.integrity ?? '';
    const script = (integrity: string): string =>
      `<script crossorigin src="${sama.origin}/cdn/${release.version}/sama-funnel.js" integrity="${integrity}"></script>${FUNNEL}`;
    await open(script(hash('sama-funnel.js')));
    await drawn('sama-funnel');
    expect(complaints).toEqual([]);
    await open(script(hash('sama-provider.js')));
    expect(await tags()).toEqual([]);
    expect(complaints.join()).toContain('integrity');
  });

  test('an import map names and pins the split build, whose parts load once', async () => {
    const text = JSON.stringify(await fetched('importmap.json')).replaceAll('"/cdn/', `"${sama.origin}/cdn/`);
    const scripts: string[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.url());
    });
    const body = (map: string): string => `<script type="importmap">${map}</script>
      <script type="module">import '@sama/elements/funnel/define'; import { defineAll } from '@sama/elements'; defineAll({ suffix: '-two' });</script>
      ${FUNNEL}<sama-funnel-two>${TABLE}</sama-funnel-two>`;
    await open(body(text));
    await drawn('sama-funnel');
    await drawn('sama-funnel-two');
    expect(complaints).toEqual([]);
    expect(scripts.length).toBeGreaterThan(4);
    expect(scripts).toEqual([...new Set(scripts)]);

    const hash = /split\/parts\/[\w.-]+":"(sha384-[^"]+)/.exec(text)?.[1] ?? '';
    await open(body(text.replaceAll(hash, release.files.find(({ path }) => path === 'sama.js')?.integrity ?? '')));
    await page.waitForLoadState('networkidle');
    expect(await tags()).toEqual([]);
    expect(complaints.join()).toContain('integrity');
  });
});

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { type Browser, chromium, type Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumArgs, findChromium } from '../../../scripts/chromium.mjs';
import { entries, serveCatalogue, tell } from './catalogue.ts';
import type { WebServer } from './web-server.ts';

/** The browser that drew the pictures. Another draws letters and edges a little differently. */
const PINNED = 156;
/** How much the colour of a pixel may differ, and how many pixels of a thousand may. */
const COLOUR = 0.1;
const PER_THOUSAND = 0.5;

/** The story that stands for its family: of each element, of the front page and of the patterns of data. */
const FAMILIES: Record<string, string> = {
  Welcome: 'welcome--front',
  'Foundations/Data patterns': 'foundations-data-patterns--data-patterns',
  'Elements/Funnel': 'elements-funnel--maturing',
  'Elements/Scorecard': 'elements-scorecard--asked',
  'Elements/KPI': 'elements-kpi--share',
  'Elements/Hand-off queue': 'elements-hand-off-queue--mine',
  'Elements/Glossary': 'elements-glossary--proposal',
  'Elements/Term': 'elements-term--in-text',
  'Elements/Provider': 'elements-provider--one-source',
  'Elements/Filter': 'elements-filter--all-choices',
};

interface Mode {
  width: number;
  globals: Record<string, string>;
  print?: boolean;
}
/** What a mode changes, as it is otherwise. */
const PLAIN = { theme: 'light', locale: 'en', direction: 'ltr' };
const MODES: Record<string, Mode> = {
  light: { width: 960, globals: {} },
  dark: { width: 960, globals: { theme: 'dark' } },
  rtl: { width: 960, globals: { locale: 'ar', direction: 'rtl' } },
  narrow: { width: 360, globals: {} },
  print: { width: 720, globals: {}, print: true },
};

const PICTURES = fileURLToPath(new URL('../pictures', import.meta.url));
/** What was drawn instead. */
const FOUND = fileURLToPath(new URL('../.vitest-attachments', import.meta.url));
const isWriting = process.env['PICTURES'] === 'write';

const { resolve } = createRequire(import.meta.url);
const face = (family: string, file: string, weight: string): string =>
  `@font-face { font-family: ${family}; font-weight: ${weight}; src: url(data:font/woff2;base64,${readFileSync(resolve(file)).toString('base64')}); }`;
const FONTS = [
  face('Pictures', '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', '100 900'),
  face(
    'Pictures-Arabic',
    '@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2',
    '100 900',
  ),
  `.host-page, body { font-family: Pictures, Pictures-Arabic, sans-serif !important; }`,
].join('\n');

let browser: Browser;
let server: WebServer;
beforeAll(async () => {
  server = await serveCatalogue();
  const steady = [
    '--font-render-hinting=none',
    '--disable-lcd-text',
    '--force-color-profile=srgb',
    '--hide-scrollbars',
  ];
  browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArgs(), ...steady] });
  page = await openPage();
});
afterAll(async () => {
  await Promise.all([browser.close(), server.close()]);
});

const stories = Object.values(entries).filter(({ type }) => type === 'story');

test('every element has a picture, and every picture is compared', () => {
  const elements = stories.filter(({ title }) => title.startsWith('Elements/')).map(({ title }) => title);
  expect([...new Set(elements)].filter((title) => FAMILIES[title] === undefined)).toEqual([]);
  const names = Object.values(FAMILIES).flatMap((id) => Object.keys(MODES).map((mode) => `${id}.${mode}.png`));
  expect(readdirSync(PICTURES).toSorted()).toEqual(names.toSorted());
});

let page: Page;
/** One page for all modes: to load the catalogue takes longer than to draw a story in another way. */
async function openPage(): Promise<Page> {
  const opened = await browser.newPage({ reducedMotion: 'reduce', deviceScaleFactor: 1 });
  await opened.goto(
    `${server.origin}/iframe.html?id=elements-filter--sentence&viewMode=story&globals=a11y.manual:!true`,
  );
  await opened.locator('#storybook-root .host-page').waitFor();
  await opened.addStyleTag({ content: FONTS });
  await opened.evaluate(() =>
    document.fonts.load('16px Pictures').then(() => document.fonts.load('16px Pictures-Arabic', 'ع')),
  );
  return opened;
}

async function turnTo({ width, globals, print }: Mode): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ media: print === true ? 'print' : 'screen' });
  await tell(page, 'updateGlobals', { globals: { ...PLAIN, ...globals } });
}

/** How many pixels of a thousand differ from the picture; all of them where the size does. */
function difference(name: string, drawn: Buffer): number {
  const [is, was] = [PNG.sync.read(drawn), PNG.sync.read(readFileSync(`${PICTURES}/${name}.png`))];
  if (is.width !== was.width || is.height !== was.height) return 1000;
  // Most are equal to the last bit; a pixel need be weighed only where they are not.
  if (is.data.equals(was.data)) return 0;
  const pixels = pixelmatch(is.data, was.data, undefined, is.width, is.height, { threshold: COLOUR });
  return (1000 * pixels) / (is.width * is.height);
}

/** What is drawn, once it looks as it did a moment before. */
async function settled(draw: () => Promise<Buffer>): Promise<Buffer> {
  let [before, now] = [await draw(), await draw()];
  for (let turn = 0; turn < 10 && !before.equals(now); turn += 1) [before, now] = [now, await draw()];
  return now;
}

/** Whether it comes to look as in its picture; keeps what it looks like when it does not. */
async function looksAlike(name: string, draw: () => Promise<Buffer>): Promise<boolean> {
  for (let turn = 0; turn < 20; turn += 1) {
    const drawn = await draw();
    if (difference(name, drawn) <= PER_THOUSAND) return true;
    mkdirSync(FOUND, { recursive: true });
    writeFileSync(`${FOUND}/${name}.png`, drawn);
  }
  return false;
}

test.for(Object.entries(MODES))('%s: each family looks as in its picture', async ([mode, how], { skip }) => {
  skip(
    Number.parseInt(browser.version(), 10) !== PINNED,
    `not compared: the pictures are of Chromium ${PINNED}, and this is ${browser.version()}`,
  );
  await turnTo(how);
  const differ: string[] = [];
  for (const id of Object.values(FAMILIES)) {
    await tell(page, 'setCurrentStory', { storyId: id, viewMode: 'story' });
    const draw = (): Promise<Buffer> =>
      page.locator('#storybook-root .host-page').screenshot({ animations: 'disabled' });
    const name = `${id}.${mode}`;
    if (isWriting) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      writeFileSync(`${PICTURES}/${name}.png`, await settled(draw));
    } else if (!(await looksAlike(name, draw))) differ.push(name);
  }
  // Look at what was drawn in .vitest-attachments; `pnpm pictures` takes it as the new picture.
  expect(differ).toEqual([]);
});

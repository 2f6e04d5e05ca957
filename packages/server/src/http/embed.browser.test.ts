import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { examples } from '../../../../scripts/examples.mjs';
import { type EmbedWorld, HOSTILE, openEmbedWorld } from '../testing/embed-world.ts';
import { hostPage, visit, type HostPage } from '../testing/host-page.ts';

/** How much has moved under a reader, as browsers count it. */
const SHIFT = `new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) sum += value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 300);
})`;
/** What the page hears when it says itself what only a frame may say. */
const LIE = `new Promise((resolve) => {
  const heard = [];
  addEventListener('message', ({ data }) => data.id === 9 && 'token' in data && heard.push(data));
  for (const type of ['sama-height', 'sama-token']) postMessage({ type, v: 1, id: 9, height: 9999 }, '*');
  setTimeout(() => resolve(heard), 200);
})`;

let world: EmbedWorld;
let browser: Browser;
let host: HostPage;
let at: string;
let asked: string[];

beforeAll(async () => {
  world = await openEmbedWorld();
  ({ browser, host, at, asked } = world);
});
afterAll(() => world?.close());
beforeEach(() => void (asked.length = 0));

const address = (shown: string): string => `${at}/embed/funnel?ticket=${shown}&period=2026-Q3`;
/** That of a new ticket. */
const fresh = async (): Promise<string> => address(await world.ticket());

/** A host page's frame and script, under a policy of its own. */
function framed(src: string, { sandbox = '', token = false, script = true } = {}): void {
  const helper = `<script async src="${at}/embed/host.js"${token ? ' data-token="/sama-token"' : ''}></script>`;
  host.show(
    `<iframe src="${src.replaceAll('&', '&amp;')}" ${sandbox} title="Funnel" width="700" height="150"></iframe>${script ? helper : ''}`,
    `default-src 'none'; script-src ${at}; frame-src ${at}; connect-src 'self'; img-src data:`,
  );
}

test('reads without JavaScript, wide and narrow', async () => {
  const { page, problems } = await visit(browser, await fresh(), false);
  const funnel = page.locator('sama-funnel');
  for (const width of [1000, 320]) {
    await page.setViewportSize({ width, height: 700 });
    for (const text of ['Lead', 'MQL', '18,400', '7,312'])
      await funnel.getByText(text, { exact: true }).filter({ visible: true }).first().waitFor();
    expect((await funnel.boundingBox())?.width).toBe(width);
    expect((await page.locator('.row .bar').first().boundingBox())?.width).toBeGreaterThan(80);
  }
  expect(problems).toEqual([]);
  await page.context().close();
});

test('the script takes over without asking or moving anything, and takes the ticket out of the address', async () => {
  const { page, problems } = await visit(browser, `${await fresh()}&width=1280`);
  const drawn = (): Promise<boolean> =>
    page.locator('sama-funnel').evaluate(({ shadowRoot }) => shadowRoot?.querySelector('style') === null);
  await expect.poll(drawn).toBe(true);
  const shift = await page.evaluate(SHIFT);
  expect(shift).toBe(0);
  expect(asked.filter((path) => path.startsWith('/v1/'))).toEqual([]);
  expect(new URL(page.url()).search).toBe('?period=2026-Q3&width=1280');
  expect(await page.evaluate('window.pwned')).toBeUndefined();
  await page.locator('sama-funnel .toggle').click();
  await page.locator('sama-funnel').getByRole('cell', { name: '18,400' }).waitFor();
  await page.reload();
  await page.getByText('These numbers are shown once').waitFor();
  expect(await page.locator('sama-funnel').isVisible()).toBe(false);
  expect(problems).toEqual([]);
  await page.context().close();
});

test.each(['', 'sandbox="allow-scripts"', 'sandbox="allow-scripts allow-same-origin"'])(
  'a frame %s is as high as its widget',
  async (sandbox) => {
    framed(await fresh(), { sandbox });
    const { page, problems } = await visit(browser, host.origin);
    const frame = page.frameLocator('iframe');
    await frame.locator('sama-funnel .chart').waitFor();
    await expect.poll(async () => (await page.locator('iframe').boundingBox())?.height ?? 0).toBeGreaterThan(200);
    await frame.locator('sama-funnel .toggle').click();
    await frame.locator('sama-funnel caption').waitFor();
    const height = await frame.locator('body').evaluate((body) => Math.ceil(body.getBoundingClientRect().height));
    await expect.poll(async () => Number(await page.locator('iframe').getAttribute('height'))).toBe(height);
    expect(problems).toEqual([]);
    await page.context().close();
  },
);

test('a spent ticket waits for the token of the page around, which keeps the frame alive', async () => {
  const spent = await world.ticket();
  await (await fetch(address(spent))).text();
  framed(address(spent), { token: true });
  const { page, problems } = await visit(browser, host.origin);
  const frame = page.frameLocator('iframe');
  await frame.locator('sama-funnel').getByText('7,312').first().waitFor();
  expect(await frame.locator('#waits').count()).toBe(0);
  await expect.poll(() => asked.filter((path) => path === '/v1/query').length).toBeGreaterThan(0);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('the examples of the page on frames work as they stand there', async () => {
  const [server, page, kept, mail] = examples('frames', 'js', 'html', 'html', 'html').map(({ code }) =>
    code.replaceAll('https://metrics.example.com', at),
  );
  const file = join(world.folder, 'ticket.mjs');
  await writeFile(file, `const user = { id: 'dana', name: 'Dana' };\n${server}console.log(ticket);\n`);
  const env = { ...process.env, SAMA_URL: at, SAMA_KEY: world.secret };
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env });
  const link = await world.keep('Q3');
  host.show(`${page?.replace('TICKET', stdout.trim())}${kept?.replace('LINK', link)}${mail?.replace('LINK', link)}`);
  const { page: opened, problems } = await visit(browser, host.origin);
  for (const title of ['Lead to won', 'Lead to won, third quarter']) {
    const frame = opened.getByTitle(title, { exact: true });
    await frame.contentFrame().locator('sama-funnel').getByText('7,312').first().waitFor();
    await expect.poll(() => frame.getAttribute('height')).not.toBe('640');
  }
  expect(
    await opened.getByTitle('Lead to won', { exact: true }).contentFrame().locator('sama-funnel').getAttribute('src'),
  ).toBe('/');
  const picture = opened.getByRole('img', { name: 'Third quarter' });
  expect(await picture.evaluate((image) => Reflect.get(image, 'naturalWidth'))).toBe(1920);
  const vector = await visit(browser, `${at}/embed/funnel.svg?snapshot=${await world.keep(HOSTILE)}`);
  expect(await vector.page.getByRole('img').first().getAttribute('aria-label')).toContain('7,312');
  expect([...problems, ...vector.problems]).toEqual([]);
  await vector.page.context().close();
  await opened.context().close();
});

test('a fresh ticket draws first, and asks with a token for what comes after', async () => {
  framed(await fresh(), { token: true });
  const { page, problems } = await visit(browser, host.origin);
  const frame = page.frameLocator('iframe');
  await frame.locator('sama-funnel').getByText('7,312').first().waitFor();
  await expect.poll(() => frame.locator('sama-funnel').getAttribute('src')).toBe('/');
  expect(asked.filter((path) => path === '/v1/query')).toEqual([]);
  await frame.locator('sama-funnel').evaluate((funnel) => funnel.setAttribute('period', '2026-Q2'));
  await expect.poll(() => asked.includes('/v1/query')).toBe(true);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a frame that may run nothing still reads', async () => {
  framed(await fresh(), { sandbox: 'sandbox', script: false });
  const { page } = await visit(browser, host.origin);
  const shown = page.frameLocator('iframe').locator('sama-funnel').getByText('7,312').first();
  await expect.poll(() => shown.isVisible()).toBe(true);
  await page.context().close();
});

test('a page that is not on the list gets no frame, no word and no token', async () => {
  const stranger = await hostPage();
  stranger.show(
    `<iframe src="${await fresh()}" height="150"></iframe><script async src="${at}/embed/host.js"></script>`,
  );
  const { page, problems } = await visit(browser, stranger.origin);
  expect(problems.join()).toContain('frame-ancestors');
  expect(await page.locator('iframe').getAttribute('height')).toBe('150');
  await page.context().close();
  stranger.close();
});

test('a message of another frame changes no height and gets no token', async () => {
  framed(await fresh(), { token: true });
  const { page } = await visit(browser, host.origin);
  await page.frameLocator('iframe').locator('sama-funnel .chart').waitFor();
  await expect.poll(async () => Number(await page.locator('iframe').getAttribute('height'))).toBeGreaterThan(200);
  const before = await page.locator('iframe').getAttribute('height');
  const heard = await page.evaluate(LIE);
  expect(heard).toEqual([]);
  expect(await page.locator('iframe').getAttribute('height')).toBe(before);
  await page.context().close();
});

test('the page of a snapshot is taken over by its elements where a script runs', async () => {
  const link = await world.keep(HOSTILE);
  const plain = await visit(browser, `${at}/s/${link}`, false);
  await plain.page.getByRole('cell', { name: '7,312' }).waitFor();
  await plain.page.context().close();
  const { page, problems } = await visit(browser, `${at}/s/${link}`);
  await page.locator('sama-funnel .chart').waitFor();
  await page.locator('sama-funnel').getByText('7,312').filter({ visible: true }).first().waitFor();
  expect(await page.locator('h1').textContent()).toBe(HOSTILE);
  expect(await page.evaluate('window.pwned')).toBeUndefined();
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a page with a provider signs its reader in by its own endpoint, and says so to who is not', async () => {
  const [example] = examples('sign-in-page', 'html');
  host.show(example?.code.replaceAll('https://metrics.example.com', at) ?? '');
  const signed = await visit(browser, host.origin);
  await signed.page.locator('sama-funnel').getByText('7,312').first().waitFor();
  expect(signed.problems).toEqual([]);
  await signed.page.context().close();
  const { token } = host;
  host.token = async () => 'no-token';
  const stranger = await visit(browser, host.origin);
  await stranger.page.locator('sama-funnel').getByText('Sign in to see these numbers').first().waitFor();
  expect(await stranger.page.locator('sama-funnel').getByText('7,312').count()).toBe(0);
  host.token = token;
  await stranger.page.context().close();
});

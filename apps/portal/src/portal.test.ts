import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FunnelEnvelope, KpiEnvelope } from '@sama/metrics/contracts';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumArgs, findChromium } from '../../../scripts/chromium.mjs';
import { query, serve, type Running } from './testing/sama.ts';
import { visit } from './testing/visit.ts';

let store: string;
let sama: Running;
let browser: Browser;

beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), 'sama-portal-'));
  sama = await serve(store);
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs() });
});

afterAll(async () => {
  await browser?.close();
  await sama?.stop();
  await rm(store, { recursive: true, force: true });
});

const whole = (value: number): string => new Intl.NumberFormat('en').format(value);

/** Waits until a text stands where a person sees it; what an element has replaced does not count. */
function seen(widget: Locator, text: string): Promise<void> {
  return widget.getByText(text, { exact: true }).filter({ visible: true }).first().waitFor();
}

/** How much of a page has moved under its reader since it was opened, as browsers count it. */
function shiftOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const watcher = new PerformanceObserver((list) =>
          resolve(list.getEntries().reduce((sum, entry) => sum + ('value' in entry ? Number(entry.value) : 0), 0)),
        );
        watcher.observe({ type: 'layout-shift', buffered: true });
        // What has moved is told at once; when nothing has, nothing is told.
        setTimeout(() => resolve(0), 500);
      }),
  );
}

/** Waits until each stage of the answer stands in the widget with its count; gives the keys of the stages. */
async function stagesShown(widget: Locator, answer: FunnelEnvelope): Promise<string[]> {
  const stages = answer.data?.stages ?? [];
  for (const { label, count } of stages) {
    await seen(widget, label);
    await seen(widget, whole(count));
  }
  return stages.map(({ key }) => key);
}

const STAGES = ['lead', 'mql', 'sal', 'sql', 'opportunity', 'won'];

/** What the terminal says of the intranet's two funnels: the store stays as it is, so it is asked once. */
let terminal: Promise<readonly [FunnelEnvelope, FunnelEnvelope]> | undefined;
const ofTerminal = (): Promise<readonly [FunnelEnvelope, FunnelEnvelope]> =>
  (terminal ??= Promise.all([
    query(store, 'funnel', 'lead-to-won', '--period', '2026-Q3', '--compare', 'previous'),
    query(store, 'funnel', 'lead-to-won', '--view', 'snapshot'),
  ]));

test.each(['light', 'dark'] as const)('the intranet shows the numbers of the terminal, in %s', async (colorScheme) => {
  const [quarter, standing] = await ofTerminal();
  const { page, problems } = await visit(browser, `${sama.origin}/`, { colorScheme });
  expect(await stagesShown(page.locator('#quarter sama-funnel'), quarter)).toEqual(STAGES);
  expect(await stagesShown(page.locator('#standing sama-funnel'), standing)).toEqual(STAGES);
  expect(problems).toEqual([]);
  await page.context().close();
});

test.each(['/', '/plain.html', '/documents.html', '/crm.html'])('%s fits a narrow window', async (path) => {
  const { page, problems } = await visit(browser, `${sama.origin}${path}`, { viewport: { width: 360, height: 780 } });
  await page
    .locator('sama-funnel, sama-glossary, sama-handoff-queue')
    .last()
    .getByText(/^(Won|Buying group|Breached)/)
    .filter({ visible: true })
    .first()
    .waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a CRM record lists the hand-offs of its account, and explains a word where it stands', async () => {
  const { page, problems } = await visit(browser, `${sama.origin}/crm.html`);
  await page
    .locator('sama-handoff-queue')
    .getByText(/^Larkspur /)
    .first()
    .waitFor();
  await page
    .locator('sama-kpi')
    .last()
    .getByRole('button', { name: /promise|target/ })
    .first()
    .waitFor();
  await page.locator('sama-term').first().click();
  await page.getByRole('dialog').getByText('Marketing qualified lead').first().waitFor();
  expect(await page.getByRole('link', { name: 'Open in the glossary' }).getAttribute('href')).toBe(
    '/documents.html#term-mql',
  );
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a document shows the words and, in a frame as high as it, the funnel; no other site may frame it', async () => {
  const { page, problems } = await visit(browser, `${sama.origin}/documents.html#term-mql`);
  await page.locator('sama-glossary').getByText('A lead that meets the jointly agreed rating').first().waitFor();
  const frame = page.frameLocator('iframe');
  await seen(frame.locator('sama-funnel'), 'Won');
  const high = (): Promise<number> =>
    frame.locator('body').evaluate((body) => Math.ceil(body.getBoundingClientRect().height));
  await expect.poll(async () => Number(await page.locator('iframe').getAttribute('height'))).toBe(await high());
  expect(problems).toEqual([]);
  const ancestors = async (path: string): Promise<string | undefined> =>
    /frame-ancestors ([^;]*)/.exec((await fetch(sama.origin + path)).headers.get('content-security-policy') ?? '')?.[1];
  const sites = (await ancestors('/embed/funnel'))?.split(' ');
  expect(sites?.shift()).toBe("'self'");
  expect(sites).toContain(sama.partner);
  expect(await ancestors('/documents.html')).toBe("'none'");
  await page.context().close();
});

test('leadership sees the KPIs of the company, asked for in at most three requests', async () => {
  const question = Buffer.from(JSON.stringify({ kind: 'kpi', period: '2026' })).toString('base64url');
  const reply = await fetch(`${sama.origin}/v1/query?q=${question}`);
  const answer = KpiEnvelope.parse(await reply.json());
  const { page, problems } = await visit(browser, 'about:blank');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/v1/query') asked.push(request.method());
  });
  await page.goto(`${sama.origin}/leadership.html`);
  const year = page.locator('#year sama-scorecard');
  for (const { label, section } of answer.data?.kpis ?? [])
    if (section === undefined) await year.getByText(label).first().waitFor();
  const mqls = answer.data?.kpis.find(({ id }) => id === 'mql-volume')?.value.result.value ?? NaN;
  await seen(year, whole(mqls));
  for (const tile of await page.locator('#quarters sama-kpi').all())
    await tile.getByRole('button', { name: /target|promise/ }).waitFor();
  await page.locator('#quarter sama-scorecard').getByText('Win rate', { exact: true }).waitFor();
  expect(asked.length).toBeLessThanOrEqual(3);
  expect(await shiftOf(page)).toBeLessThan(0.1);
  expect(problems).toEqual([]);
  await page.setViewportSize({ width: 360, height: 780 });
  // Elements draw for another width in the frame after it.
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.context().close();
});

test('what a reader chooses leads on: a figure of the board and a stage of the intranet to the list of the CRM', async () => {
  const { page, problems } = await visit(browser, `${sama.origin}/leadership.html`);
  const tile = page.locator('#quarters sama-kpi').first();
  await tile
    .getByRole('button', { name: /^Acceptance/ })
    .first()
    .click();
  const onward = page.getByRole('link', { name: 'See what Acceptance rate is made of in the CRM' });
  expect(await onward.getAttribute('href')).toBe('/crm.html?view=returned#handoffs');
  // What has no list behind it leads nowhere, and takes the last way along.
  await page
    .locator('#quarters sama-kpi')
    .nth(3)
    .getByRole('button', { name: /^Win rate/ })
    .first()
    .click();
  await onward.waitFor({ state: 'detached' });
  await tile
    .getByRole('button', { name: /^Acceptance/ })
    .first()
    .click();
  await onward.click();
  const queue = page.locator('sama-handoff-queue');
  await queue.getByRole('tab', { name: /^Returned/, selected: true }).waitFor();
  await page
    .locator('sama-kpi')
    .last()
    .getByRole('button', { name: /promise|target/ })
    .first()
    .click();
  await queue.getByRole('tab', { name: /^Breached/, selected: true }).waitFor();
  await page.goto(`${sama.origin}/crm.html?view=all`);
  await queue.getByRole('tab', { name: /^All/, selected: true }).waitFor();
  await queue.locator('[role="row"]').first().click();
  await page
    .locator('#opened')
    .getByText(/^Open: \S/)
    .waitFor();
  await page.goto(`${sama.origin}/crm.html?view=%3Cb%3E`);
  await queue.getByRole('tab', { selected: true, name: /^All/ }).waitFor();

  await page.goto(`${sama.origin}/`);
  const quarter = page.locator('#quarter sama-funnel');
  await quarter.getByRole('button', { name: /^SAL/ }).first().click();
  await page.getByRole('link', { name: 'Work on SAL in the CRM' }).waitFor();
  await quarter.getByRole('button', { name: /^Lead/ }).first().click();
  await page.locator('.onward').waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
  await page.context().close();
});

test('plain HTML shows a table, a JSON script and a server, with one script', async () => {
  const { page, problems } = await visit(browser, `${sama.origin}/plain.html`);
  for (const count of ['18,400', '7,312', '391']) await seen(page.locator('#table'), count);
  for (const count of ['940', '410', '28']) await seen(page.locator('#json'), count);
  expect(
    await stagesShown(page.locator('#server'), await query(store, 'funnel', 'lead-to-won', '--period', '2026-Q2')),
  ).toEqual(STAGES);
  expect(await page.locator('script[src], link[rel=stylesheet], style').count()).toBe(1);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('pages pin the very file of the elements', async () => {
  const built = await readFile(new URL('cdn/sama-funnel.js', import.meta.resolve('@sama/elements')));
  const pinned = `sha384-${createHash('sha384').update(built).digest('base64')}`;
  for (const address of [sama.origin, sama.partner])
    expect(await (await fetch(`${address}/`)).text()).toContain(`integrity="${pinned}"`);
});

test('without JavaScript the table can still be read', async () => {
  const { page } = await visit(browser, `${sama.origin}/plain.html`, { javaScriptEnabled: false });
  expect(await page.locator('#table table').isVisible()).toBe(true);
  await page.context().close();
});

test('a listed site of another origin reads script and numbers', async () => {
  expect(sama.partner).not.toBe(sama.origin);
  const answer = await query(store, 'funnel', 'lead-to-won', '--period', '2026-Q2', '--compare', 'previous-year');
  const { page, problems } = await visit(browser, `${sama.partner}/`);
  expect(await stagesShown(page.locator('sama-funnel'), answer)).toEqual(STAGES);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a site that is not listed gets the script and no number', async () => {
  const html = `<!doctype html><title>stranger</title>
    <script type="module" src="${sama.origin}/cdn/latest/sama-funnel.js"></script>
    <sama-funnel src="${sama.origin}" funnel="lead-to-won" period="2026-Q2"></sama-funnel>`;
  const stranger = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html));
  const port = await listening(stranger);
  try {
    const { page, problems } = await visit(browser, `http://localhost:${port}/`);
    const widget = page.locator('sama-funnel');
    await widget.getByRole('button', { name: /again|retry/i }).waitFor();
    expect(await widget.getByText('Won', { exact: true }).count()).toBe(0);
    expect(problems.join('\n')).toContain('CORS');
    await page.context().close();
  } finally {
    stranger.close();
  }
});

test('when the server is down the widget says so, offers to try again, and recovers', async () => {
  const { page } = await visit(browser, `${sama.origin}/`);
  const widget = page.locator('#quarter sama-funnel');
  await seen(widget, 'Won');
  await sama.stop();
  await widget.evaluate((element) => {
    element.setAttribute('period', '2026-Q1');
  });
  const again = widget.getByRole('button', { name: /again|retry/i });
  await again.waitFor();
  sama = await serve(store, sama.port);
  await again.click();
  expect(
    await stagesShown(
      widget,
      await query(store, 'funnel', 'lead-to-won', '--period', '2026-Q1', '--compare', 'previous'),
    ),
  ).toEqual(STAGES);
  await page.context().close();
});

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
    });
  });
}

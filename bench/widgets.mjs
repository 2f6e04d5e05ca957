/** A page of twenty widgets from one server, in headless Chromium with a processor four times as slow. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { launch } from './browser.mjs';
import { gate, median, milliseconds } from './measure.mjs';
import { withFolder } from './places.mjs';

const COMMAND = fileURLToPath(new URL('../packages/server/bin/sama.js', import.meta.url));
const SLOWER = 4;
const ROUNDS = 5;

const tile = (kpi) =>
  ['2026-Q1', '2026-Q2', '2026-Q3'].map(
    (period) => `<sama-kpi src="/" kpi="${kpi}" period="${period}" compare="previous"></sama-kpi>`,
  );
const KPIS = ['acceptance', 'win-rate', 'in-time', 'mql-volume', 'deal-size', 'accepted-leads'];

/** A page as a company writes it: a place for each widget, so that nothing moves when it comes. */
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Twenty widgets</title>
<style>
  body { margin: 1rem; font-family: system-ui, sans-serif; }
  .tiles { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1rem; }
  sama-kpi, sama-scorecard, sama-funnel { display: block; }
  sama-scorecard { min-height: 61rem; }
  sama-funnel { min-height: 50rem; }
</style>
<script src="/cdn/latest/sama.js" defer></script>
<sama-scorecard src="/" period="2026"></sama-scorecard>
<div class="tiles">${KPIS.flatMap(tile).join('')}</div>
<sama-funnel src="/" period="2026-Q2"></sama-funnel>`;

/** Runs `sama serve` with the demo company as a user would. */
async function serve(folder) {
  const args = ['serve', '--demo', '--demo-persons', '2000', '--store', folder, '--port', '0'];
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const origin = await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
        const found = /http:\/\/localhost:\d+/.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      });
    child.once('exit', (code) => reject(new Error(`sama serve ended with ${code}: ${said}`)));
  });
  return {
    origin,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Notes what moves and what takes long, from before the page's first line. */
function watch() {
  window.seen = { shift: 0, tasks: [] };
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.seen.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    window.seen.tasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask', buffered: true });
}

async function visit(browser, origin) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  try {
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    let requests = 0;
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/v1/query') requests += 1;
    });
    await page.route(`${origin}/twenty`, (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
    await page.addInitScript(watch);
    await page.goto(`${origin}/twenty`);
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll('sama-kpi, sama-scorecard, sama-funnel')].every((widget) =>
          widget.renderRoot?.querySelector('[data-mark]'),
        ),
      undefined,
      { timeout: 60_000 },
    );
    // What a frame brings is told after it.
    await page.waitForTimeout(500);
    const { shift, tasks } = await page.evaluate(() => window.seen);
    return { requests, shift, longest: Math.max(0, ...tasks) };
  } finally {
    await context.close();
  }
}

/** How long a page without any script of ours is busy with its first number: milliseconds of its one task. */
async function firstNumber(browser, origin) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.route(`${origin}/empty`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><html lang="en"><title>Empty</title>' }),
    );
    await page.goto(`${origin}/empty`);
    return await page.evaluate(() => {
      const from = performance.now();
      new Intl.NumberFormat('en').format(1);
      return performance.now() - from;
    });
  } finally {
    await context.close();
  }
}

export const title = 'A page of twenty widgets';
export const how =
  'A scorecard, eighteen KPIs and a funnel from one `sama serve` on one page of headless Chromium, 1200 × 900 pixels, whose processor is slowed to a quarter; the page loads the single file of all elements and keeps a place for each widget, as its author would. From the first line of the page until all twenty show their answers: requests for data, the layout shift as browsers count it, and the longest task of the page; the middle of five visits with an empty cache. The first number that a page formats with `Intl` takes this browser a task of its own that nobody can divide; it is measured on an empty page.';

export async function run() {
  return withFolder(async (folder) => {
    const server = await serve(folder);
    const browser = await launch();
    try {
      const visits = [];
      const numbers = [];
      for (let i = 0; i < ROUNDS; i += 1) {
        visits.push(await visit(browser, server.origin));
        numbers.push(await firstNumber(browser, server.origin));
      }
      const most = Math.max(...visits.map(({ requests }) => requests));
      const shift = Math.max(...visits.map((one) => one.shift));
      const longest = median(visits.map((one) => one.longest));
      return {
        gates: [
          gate('a page of twenty widgets from one server, requests for data', '≤ 3', String(most), most <= 3),
          gate('the same, layout shift', '0', shift.toFixed(3), shift < 0.0005),
          gate(
            `the same, longest task on a processor ${SLOWER} × slower`,
            '≤ 100 ms',
            longest === 0 ? '< 50 ms' : milliseconds(longest),
            longest <= 100,
          ),
        ],
        figures: [['the first number on an empty page, as slow', milliseconds(median(numbers))]],
      };
    } finally {
      await browser.close();
      await server.stop();
    }
  });
}

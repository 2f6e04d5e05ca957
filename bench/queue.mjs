/** A queue of a hundred thousand hand-offs in headless Chromium: opening it, walking it by the keyboard, and what it keeps. */
import { bundle, launch } from './browser.mjs';
import { gate, megabytes, median, milliseconds, slowest, thousands } from './measure.mjs';

const HANDOFFS = 100_000;
const OPENED = 7;
const PRESSED = 60;

/** Bytes of the page's heap that are in use, after its garbage is collected. */
async function heap(client) {
  for (let i = 0; i < 3; i += 1) await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  return usedSize;
}

export const title = 'A queue of a hundred thousand hand-offs';
export const how =
  'The single file of `sama-handoff-queue` on a page of headless Chromium, 1120 × 900 pixels, over a desk in memory of the same page with a hundred thousand hand-offs that was asked once before. Opening runs from making the element to the frame that shows its rows, the answer of the desk included; the middle of seven. A key press runs from its event to the end of the frame that shows it, the wait for that frame included; the slowest of twenty is said. Memory is the heap after garbage collection with the element, its rows looked at all over the list, less the heap before it was there.';

export async function run() {
  const script = await bundle('queue/page.mjs');
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1120, height: 900 } });
    await page.setContent('<!doctype html><html lang="en"><meta charset="utf-8"><title>Queue</title></html>');
    await page.addScriptTag({ content: script });
    const client = await page.context().newCDPSession(page);
    const total = await page.evaluate((n) => window.prepare(n), HANDOFFS);
    const before = await heap(client);
    const answers = [];
    const opened = [];
    for (let i = 0; i < OPENED; i += 1) {
      answers.push(await page.evaluate(() => window.answer()));
      const { ms, rows, told } = await page.evaluate(() => window.openQueue());
      if (told !== total || rows > 40) throw new Error(`drawn ${rows} of ${told}, where there are ${total}`);
      opened.push(ms);
    }
    const pressed = {};
    for (const key of ['ArrowDown', 'PageDown']) {
      pressed[key] = await page.evaluate(([k, n]) => window.press(k, n), [key, PRESSED]);
    }
    await page.evaluate(() => window.wander());
    const kept = (await heap(client)) - before;
    const { metrics } = await client.send('Performance.enable').then(() => client.send('Performance.getMetrics'));
    const nodes = metrics.find(({ name }) => name === 'Nodes')?.value ?? NaN;
    const open = median(opened);
    const worst = Math.max(...Object.values(pressed).map(slowest));
    return {
      gates: [
        gate(`queue of ${thousands(total)} hand-offs, open`, '≤ 300 ms', milliseconds(open), open <= 300),
        gate('the same, key press to paint', '≤ 32 ms', milliseconds(worst), worst <= 32),
        gate('the same, memory over the data', '≤ 60 MB', megabytes(kept), kept <= 60e6),
      ],
      figures: [
        ['the answer alone, without the element', milliseconds(median(answers))],
        ...Object.entries(pressed).map(([key, times]) => [`${key}, middle of ${PRESSED}`, milliseconds(median(times))]),
        ['nodes in the page', thousands(nodes)],
      ],
    };
  } finally {
    await browser.close();
  }
}

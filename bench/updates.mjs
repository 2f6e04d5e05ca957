/** New data for one funnel in every frame, in headless Chromium. */
import { answer } from './answer.mjs';
import { bundle, launch } from './browser.mjs';
import { gate, median, milliseconds, slowest } from './measure.mjs';

const UPDATES = 300;
const WARM_UP = 60;

export const title = 'New data sixty times a second';
export const how =
  'The single file of `sama-funnel` on a page of headless Chromium, 900 × 520 pixels, is given a new answer in each of three hundred frames, after a second of warm-up. An update runs from the new data to the drawn element with its style and layout; the slowest of twenty is said. An update is dropped when its counts do not stand in the page before the next one comes.';

export async function run() {
  const [script, envelope] = await Promise.all([bundle('updates/page.mjs'), answer()]);
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1120, height: 900 } });
    await page.setContent('<!doctype html><html lang="en"><meta charset="utf-8"><title>Updates</title></html>');
    await page.addScriptTag({ content: script });
    const { taken, dropped, rate } = await page.evaluate(
      ([data, updates, warmUp]) => window.update(data, updates, warmUp),
      [envelope, UPDATES, WARM_UP],
    );
    const worst = slowest(taken);
    return {
      gates: [
        gate("one funnel's data in every frame", 'no dropped update', `${dropped} of ${UPDATES}`, dropped === 0),
        gate('the same, each update', '≤ 4 ms', milliseconds(worst), worst <= 4),
      ],
      figures: [
        ['an update', milliseconds(median(taken))],
        ['frames a second', rate.toFixed(0)],
      ],
    };
  } finally {
    await browser.close();
  }
}

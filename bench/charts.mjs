/** A hundred funnels on one page, in headless Chromium: the element, bare Lit with d3-shape, and three chart libraries. */
import { answer } from './answer.mjs';
import { bundle, launch } from './browser.mjs';
import { alternate, gate, milliseconds } from './measure.mjs';

const FUNNELS = 100;
const ROUNDS = 9;
const NAMES = {
  sama: 'sama-funnel',
  bare: 'Lit + d3-shape, bars only',
  echarts: 'ECharts',
  plot: 'Observable Plot',
  chartjs: 'Chart.js funnel plugin',
};

/** Everything is on the screen, at a fifth of its size, so that nothing is left out as out of sight. */
const SCREEN = { viewport: { width: 9000, height: 5200 }, deviceScaleFactor: 0.2 };

async function sample(browser, script, envelope) {
  const page = await browser.newPage(SCREEN);
  try {
    await page.setContent('<!doctype html><html lang="en"><meta charset="utf-8"><title>Funnels</title></html>');
    await page.addScriptTag({ content: script });
    const { ms, problems } = await page.evaluate(([data, count]) => window.draw(data, count), [envelope, FUNNELS]);
    if (problems.length > 0) throw new Error(`not drawn as expected: ${problems.join(', ')}`);
    const tables = await page.evaluate(() => window.openTables?.());
    if (tables !== undefined && tables !== FUNNELS)
      throw new Error(`only ${tables} of ${FUNNELS} opened their table by the keyboard`);
    return ms;
  } finally {
    await page.close();
  }
}

export const title = 'A hundred funnels on one page';
export const how =
  'Each contender draws the same answer a hundred times, every chart 900 × 520 pixels and in sight, on a fresh page of headless Chromium, without animation. The clock runs from the first line of drawing, initialisation included, to the second animation frame after the last update; loading the script is not in it. `sama-funnel` draws names, counts, rates with their intervals, outcomes, times and the hand-off, and afterwards every element must open its table by the keyboard from its one tab stop. Bare Lit with d3-shape draws the bars parted by outcome and no text; Observable Plot the same with names and counts; ECharts and Chart.js their funnels of counts. Canvases have one pixel for each CSS pixel.';

export async function run() {
  const envelope = await answer();
  const scripts = Object.fromEntries(
    await Promise.all(Object.keys(NAMES).map(async (name) => [name, await bundle(`charts/${name}.mjs`)])),
  );
  const browser = await launch();
  let times;
  try {
    const contenders = Object.entries(scripts).map(([name, script]) => [name, () => sample(browser, script, envelope)]);
    times = await alternate(Object.fromEntries(contenders), { rounds: ROUNDS, warmUp: 1 });
  } finally {
    await browser.close();
  }
  const { sama, bare, ...libraries } = times;
  const what = `${FUNNELS} funnels painted, table and keyboard ready`;
  return {
    gates: [
      gate(`${what}, against ${NAMES.bare}`, '≤ 2 × its time', `${(sama / bare).toFixed(2)} ×`, sama <= 2 * bare),
      ...Object.entries(libraries).map(([name, ms]) =>
        gate(`the same against ${NAMES[name]}`, 'faster', `${(sama / ms).toFixed(2)} × its time`, sama < ms),
      ),
    ],
    figures: Object.entries(times).map(([name, ms]) => [NAMES[name], milliseconds(ms)]),
  };
}

/** Markov attribution by a direct solve, on one thread. */
import { inChild } from './in-child.mjs';
import { gate, milliseconds } from './measure.mjs';

const LIMIT = 50;
const EXACT = 1e-12;

export const title = 'Attribution';
export const how =
  'Ten thousand random paths of one to nine touches, counted, turned into a chain and solved for the removal effect of every channel, after two rounds of warm-up. Exact means that every effect equals the one solved anew without its channel, by Gaussian elimination with pivots over a full matrix.';

export async function run() {
  const { error, few, second, many } = await inChild('attribution/measure.mjs');
  return {
    gates: [
      gate('Markov, 10,000 paths, 12 channels, order 1', `≤ ${LIMIT} ms`, milliseconds(few), few <= LIMIT),
      gate('its largest error', `≤ ${EXACT}`, error.toExponential(1), error <= EXACT),
    ],
    figures: [
      ['order 2', milliseconds(second)],
      ['200 channels, order 1', milliseconds(many)],
    ],
  };
}

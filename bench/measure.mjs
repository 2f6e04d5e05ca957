/** The middle of some numbers; of an even number of them, the mean of the two in the middle. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The slowest of twenty: what nineteen of them do not exceed. */
export const slowest = (times) => times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? NaN;

/**
 * Runs contenders in turn, so that whatever else the machine does falls on all of them alike.
 * The first rounds are not counted.
 *
 * @template {string} Name
 * @param {Record<Name, () => Promise<number>>} contenders each returns its time in milliseconds
 * @param {{ rounds: number, warmUp: number }} how
 * @returns {Promise<Record<Name, number>>} the median of each
 */
export async function alternate(contenders, { rounds, warmUp }) {
  const times = new Map(Object.keys(contenders).map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contenders)) {
      const time = await run();
      if (round >= 0) times.get(name).push(time);
    }
  }
  return Object.fromEntries([...times].map(([name, taken]) => [name, median(taken)]));
}

/** Milliseconds that some work takes. */
export async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export const milliseconds = (ms) => (ms < 1e4 ? `${ms.toFixed(ms < 100 ? 1 : 0)} ms` : `${(ms / 1000).toFixed(1)} s`);
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
export const megabytes = (bytes) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
export const thousands = (n) => Math.round(n).toLocaleString('en');

/**
 * One line of the report: what is asked for, what was measured, and whether that will do.
 *
 * @param {string} what
 * @param {string} limit as a reader understands it
 * @param {string} figure
 * @param {boolean} passed
 */
export const gate = (what, limit, figure, passed) => ({ what, limit, figure, passed });

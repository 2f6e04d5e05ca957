/** Started by `attribution.mjs` in a process of its own. */
import { markov } from '../../packages/metrics/dist/attribution/index.js';
import { report } from '../in-child.mjs';
import { median, timed } from '../measure.mjs';

const PATHS = 10_000;

/** The same paths in every run: one to nine touches, some channels far more often than others. */
let seed = 42;
const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
const pathsOf = (channels) =>
  Array.from({ length: PATHS }, () => ({
    path: Array.from({ length: 1 + Math.floor(random() * 9) }, () => `channel ${Math.floor(channels * random() ** 2)}`),
    conversions: random() < 0.2 ? 1 : 0,
    nulls: 1,
  }));

/** P(conversion) with a channel taken out, by Gaussian elimination over a full matrix with pivots. */
function probabilityWithout(paths, removed) {
  const states = ['(start)', ...new Set(paths.flatMap(({ path }) => path))].filter((state) => state !== removed);
  const place = new Map(states.map((state, i) => [state, i]));
  const n = states.length;
  const rows = states.map(() => new Float64Array(n + 1));
  const out = new Float64Array(n);
  const step = (from, to, count) => {
    const row = place.get(from);
    if (row === undefined) return;
    out[row] += count;
    const column = to === '(conversion)' ? n : place.get(to);
    if (column !== undefined) rows[row][column] += count;
  };
  for (const { path, conversions, nulls } of paths) {
    ['(start)', ...path].forEach((from, i, all) => {
      if (i + 1 < all.length) step(from, all[i + 1], conversions + nulls);
    });
    step(path.at(-1), '(conversion)', conversions);
    step(path.at(-1), '(null)', nulls);
  }
  rows.forEach((row, i) => {
    for (let j = 0; j < n; j += 1) row[j] = (i === j ? 1 : 0) - row[j] / out[i];
    row[n] /= out[i];
  });
  for (let p = 0; p < n; p += 1) {
    const best = rows.reduce((top, row, i) => (i >= p && Math.abs(row[p]) > Math.abs(rows[top][p]) ? i : top), p);
    [rows[p], rows[best]] = [rows[best], rows[p]];
    for (let i = 0; i < n; i += 1) {
      const factor = i === p ? 0 : rows[i][p] / rows[p][p];
      if (factor !== 0) for (let j = p; j <= n; j += 1) rows[i][j] -= factor * rows[p][j];
    }
  }
  const start = rows.findIndex((row) => row[0] !== 0);
  return rows[start][n] / rows[start][0];
}

/** The largest difference between an effect and the one that is solved anew for its channel. */
function largestError(paths) {
  const whole = probabilityWithout(paths, null);
  const errors = markov(paths).channels.map(({ channel, removalEffect }) =>
    Math.abs(removalEffect - (1 - probabilityWithout(paths, channel) / whole)),
  );
  return Math.max(...errors);
}

async function time(paths, order, rounds) {
  const times = [];
  for (let round = -2; round < rounds; round += 1) {
    const taken = await timed(() => markov(paths, { order }));
    if (round >= 0) times.push(taken);
  }
  return median(times);
}

const [few, many] = [pathsOf(12), pathsOf(200)];
await report({
  error: largestError(few),
  few: await time(few, 1, 21),
  second: await time(few, 2, 9),
  many: await time(many, 1, 9),
});

/** An ordered funnel of six steps over millions of events, in memory and compiled, against SQL by hand on DuckDB. */
import { inChild } from './in-child.mjs';
import { gate, milliseconds, thousands } from './measure.mjs';

export const title = 'Millions of events';
export const how =
  "An ordered funnel of six steps with a window of 30 days from the first, over a made-up history of two million events of twelve kinds, ten for each person; every first step begins a try and a person counts by the deepest. In the in-memory engine, with one thread, from packed events; by hand, on an in-memory DuckDB with all its threads, from a table already in the order of persons and of time, in two ways: by a join for each step and by window functions. All must agree on the count of every step before they are timed; the faster way by hand is the one to beat. Compiled for DuckDB, the same question is asked through the server's engine of the table of activities, whose persons are texts, and the statements by hand read that table.";

/** The data grows five times; what is beyond that is allowed for noise. */
const LINEAR = 5 * 1.15;

export async function run() {
  const { events, times } = await inChild('event-funnel/measure.mjs', []);
  const hand = Math.min(times.joins, times.windows);
  const compiled = await inChild('event-funnel/compiled.mjs', [], ['--max-old-space-size=4096']);
  const ratio = compiled.times.sama / Math.min(compiled.times.joins, compiled.times.windows);
  const growth = compiled.times.grown / compiled.times.sama;
  return {
    gates: [
      gate(
        'event funnel of six steps in memory, two million events, against hand-written SQL on DuckDB',
        'faster',
        `${(times.sama / hand).toFixed(2)} × its time`,
        times.sama < hand,
      ),
      gate(
        'the same compiled for DuckDB, against hand-written SQL on the same table',
        '≤ 1.3 × its time',
        `${ratio.toFixed(2)} ×`,
        ratio <= 1.3,
      ),
      gate(
        'its time, when the data grows 5 ×',
        'no faster than the data (15 % allowed for noise)',
        `${growth.toFixed(2)} ×`,
        growth <= LINEAR,
      ),
    ],
    figures: [
      [`in memory, ${thousands(events)} events`, milliseconds(times.sama)],
      ['the same with time between steps', milliseconds(times.times)],
      ['SQL by hand, joins', milliseconds(times.joins)],
      ['SQL by hand, window functions', milliseconds(times.windows)],
      [`compiled for DuckDB, ${thousands(compiled.events)} events`, milliseconds(compiled.times.sama)],
      ['SQL by hand on that table, joins', milliseconds(compiled.times.joins)],
      ['SQL by hand on that table, window functions', milliseconds(compiled.times.windows)],
      [`compiled for DuckDB, ${thousands(compiled.grown)} events`, milliseconds(compiled.times.grown)],
      ['SQL by hand on that table, joins', milliseconds(compiled.times.grownJoins)],
    ],
  };
}

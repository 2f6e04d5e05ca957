/** An ordered funnel of six steps over two million events in memory, against SQL by hand on DuckDB. */
import { inChild } from './in-child.mjs';
import { gate, milliseconds, thousands } from './measure.mjs';

export const title = 'Two million events in memory';
export const how =
  'An ordered funnel of six steps with a window of 30 days from the first, over a made-up history of two million events of twelve kinds, ten for each person; every first step begins a try and a person counts by the deepest. In the in-memory engine, with one thread, from packed events; by hand, on an in-memory DuckDB with all its threads, from a table already in the order of persons and of time, in two ways: by a join for each step and by window functions. All must agree on the count of every step before they are timed; the faster way by hand is the one to beat.';

export async function run() {
  const { events, times } = await inChild('event-funnel/measure.mjs', []);
  const hand = Math.min(times.joins, times.windows);
  return {
    gates: [
      gate(
        'event funnel of six steps in memory, two million events, against hand-written SQL on DuckDB',
        'faster',
        `${(times.sama / hand).toFixed(2)} × its time`,
        times.sama < hand,
      ),
    ],
    figures: [
      [`in memory, ${thousands(events)} events`, milliseconds(times.sama)],
      ['the same with time between steps', milliseconds(times.times)],
      ['SQL by hand, joins', milliseconds(times.joins)],
      ['SQL by hand, window functions', milliseconds(times.windows)],
    ],
  };
}

/** One million persons in the memory of one thread, against SQL by hand on DuckDB with one thread. */
import { inChild } from './in-child.mjs';
import { gate, milliseconds, thousands } from './measure.mjs';

const BYTES = 250;

export const title = 'A million persons in memory';
export const how =
  "The demo company of one million persons in the in-memory engine, and the same events in a table of an in-memory DuckDB with one thread, as favourable as can be: already on the line of their person, days resolved, replaced events gone. Both must agree on the count and the outcomes of every stage before they are timed. The memory is that of heap and buffers after garbage collection with the funnel's line built, less what was there before.";

export async function run() {
  const { events, bytes, times } = await inChild('memory/measure.mjs', [], ['--expose-gc']);
  const perEvent = bytes / events;
  return {
    gates: [
      gate(
        'one million persons, cohort funnel in memory, one thread, against hand-written SQL on DuckDB',
        'faster',
        `${(times.sama / times.hand).toFixed(2)} × its time`,
        times.sama < times.hand,
      ),
      gate('its memory', `≤ ${BYTES} bytes an event`, `${Math.round(perEvent)} bytes`, perEvent <= BYTES),
    ],
    figures: [
      [`in memory, ${thousands(events)} events`, milliseconds(times.sama)],
      ['SQL by hand, DuckDB with one thread', milliseconds(times.hand)],
    ],
  };
}

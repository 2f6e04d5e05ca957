/** Business time over ten years of a calendar, on one thread. */
import { inChild } from './in-child.mjs';
import { gate, milliseconds, thousands } from './measure.mjs';

const RATE = 200_000;

export const title = 'Business time';
export const how =
  'Half a million random pairs of instants within ten years of one calendar with split shifts, a night shift, a hundred holidays and twenty changes of the clock: the open time between them, and the deadline that as much open time after the first is due. Every deadline must be at or before the second instant.';

export async function run() {
  const { compiling, elapsed, deadline } = await inChild('time/measure.mjs');
  return {
    gates: [
      gate(
        'business minutes between two instants, 10 years of calendar, one thread',
        `≥ ${thousands(RATE)} a second`,
        `${thousands(elapsed)} a second`,
        elapsed >= RATE,
      ),
    ],
    figures: [
      ['deadlines', `${thousands(deadline)} a second`],
      ['the calendar laid out for ten years, the first time', milliseconds(compiling)],
    ],
  };
}

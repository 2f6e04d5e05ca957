/** The reducer of hand-offs, on one thread. */
import { inChild } from './in-child.mjs';
import { gate, thousands } from './measure.mjs';

const RATE = 500_000;

export const title = 'Hand-off';
export const how =
  'A hundred thousand hand-offs of eight events each (drafted, offered, returned, resubmitted, accepted, answered, taken back, qualified), in the order in which they happened, two thousand open at a time. The reducer keeps the state of each; the book besides checks that every event may stand where it stands, and keeps who has what in hand. Afterwards every hand-off must be qualified.';

export async function run() {
  const { reducer, book, decisions } = await inChild('handoff/measure.mjs');
  return {
    gates: [
      gate(
        'hand-off reducer, one thread',
        `≥ ${thousands(RATE)} events a second`,
        `${thousands(reducer)} a second`,
        reducer >= RATE,
      ),
    ],
    figures: [
      ['the book of all hand-offs, every event checked', `${thousands(book)} events a second`],
      ['commands decided, each on a log of seven events', `${thousands(decisions)} a second`],
    ],
  };
}

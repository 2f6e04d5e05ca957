import { InputError } from '../../errors.ts';

/** A stretch in which a clock stands still: from an instant until another, `Infinity` while it lasts. @public */
export type Pause = readonly [from: number, to: number];

/** Pauses in their order and without overlap. Those that end before they begin are left out and counted. */
export function joinPauses(pauses: readonly Pause[]): { joined: Pause[]; backward: number } {
  const joined: [number, number][] = [];
  let backward = 0;
  for (const [from, to] of [...pauses].sort((a, b) => a[0] - b[0])) {
    if (Number.isNaN(from) || Number.isNaN(to)) {
      throw new InputError('pauses', 'holds what is no instant', 'give milliseconds since the epoch');
    }
    const last = joined.at(-1);
    if (to < from) backward += 1;
    else if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return { joined, backward };
}

import type { HandoffList, HandoffSort, HandoffView } from '../../contracts/index.ts';
import type { Desk } from '../desk.ts';
import type { Asking } from '../reader.ts';
import type { Entries, Entry } from './entries.ts';
import { permitted, viewTests } from './views.ts';

/** Of how many readers it is kept what stands in their views. */
const KEPT = 20;

/** What stands in the views of one reader, in order, at one state of the ledger. Only `breached` changes as time passes. */
class Standing {
  readonly version: number;
  readonly #all: readonly Entry[];
  readonly #views: Readonly<Record<'mine' | 'team' | 'returned', readonly Entry[]>>;
  /** When the clocks of those somebody has to act on are used up, earliest first. */
  readonly #dues: Float64Array;

  constructor(entries: readonly Entry[], desk: Desk, asking: Asking) {
    const tests = viewTests(desk, asking);
    this.version = desk.version;
    this.#all = entries;
    this.#views = {
      mine: entries.filter(tests.mine),
      team: entries.filter(tests.team),
      returned: entries.filter(tests.returned),
    };
    this.#dues = Float64Array.from(
      entries.filter(({ open }) => open),
      ({ dueMs }) => dueMs,
    ).sort();
  }

  in(view: HandoffView, at: string): readonly Entry[] {
    if (view === 'all') return this.#all;
    if (view !== 'breached') return this.#views[view];
    const nowMs = Date.parse(at);
    return this.#all.filter(({ open, dueMs }) => open && dueMs < nowMs);
  }

  /** @param fits whether one is counted. Default: all. */
  counts(at: string, fits: ((entry: Entry) => boolean) | null = null): HandoffList['counts'] {
    const { mine, team, returned } = this.#views;
    if (fits !== null) {
      const of = (entries: readonly Entry[]): number => entries.filter(fits).length;
      const breached = of(this.in('breached', at));
      return { mine: of(mine), team: of(team), returned: of(returned), breached, all: of(this.#all) };
    }
    return {
      mine: mine.length,
      team: team.length,
      returned: returned.length,
      breached: countBelow(this.#dues, Date.parse(at)),
      all: this.#all.length,
    };
  }
}

/** How many of some ascending numbers lie below a bound. */
function countBelow(ascending: Float64Array, bound: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

const kept = new WeakMap<Desk, Map<string, Standing>>();

/** What stands in the views of whoever asks; a page after another costs no new look at all hand-offs. */
export function standingFor(sort: HandoffSort, desk: Desk, entries: Entries, asking: Asking): Standing {
  const { rows } = asking.rights;
  // What criteria let through may change as time passes.
  if (rows !== undefined) return new Standing(permitted(rows, entries.in(sort), desk, asking), desk, asking);
  const known = kept.get(desk) ?? new Map<string, Standing>();
  kept.set(desk, known);
  const key = JSON.stringify([sort, asking.reader?.id, asking.reader?.team]);
  const found = known.get(key);
  if (found?.version === desk.version) return found;
  // The order is the ledger's own, and goes on with it.
  const made = new Standing([...entries.in(sort)], desk, asking);
  known.delete(key);
  known.set(key, made);
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(oldest);
  }
  return made;
}

import { HOSTILE_COMPANIES } from '../company/people.ts';
import type { Frame } from '../frame.ts';
import { LANES, Stream } from '../random.ts';
import type { Volume } from './volume.ts';

/** The stories that are planted in exact numbers, one for each person that carries it. */
export const STORIES = [
  're-mql-early',
  're-mql-late',
  'skip',
  'double-accept',
  'corrected',
  'date-only',
  'undated',
  'unlinked',
  'hostile',
  'dst-spring',
  'dst-autumn',
] as const;
export type Story = (typeof STORIES)[number];

/** Of all persons; at least one each. */
const SHARES: Partial<Record<Story, number>> = {
  're-mql-early': 0.003,
  're-mql-late': 0.003,
  skip: 0.003,
  'double-accept': 0.001,
  corrected: 0.001,
  'date-only': 0.02,
  undated: 0.003,
  unlinked: 0.002,
};
/** Nights of each change of clocks that are told. */
const NIGHTS = 4;

const NONE = 255;

/** Which person carries which story: spread evenly over the older persons, in seeded order. */
export class StoryPlan {
  readonly #counts: readonly number[];
  readonly #order: Uint8Array;
  /** Stories go to persons before this index, whose journeys have had time to end. */
  readonly reach: number;

  constructor(frame: Frame, volume: Volume) {
    this.#counts = STORIES.map((story) => {
      if (story === 'hostile') return HOSTILE_COMPANIES.length;
      if (story === 'dst-spring') return frame.springDay === undefined ? 0 : NIGHTS;
      if (story === 'dst-autumn') return frame.autumnDay === undefined ? 0 : NIGHTS;
      return Math.max(1, Math.floor(frame.persons * (SHARES[story] ?? 0)));
    });
    const order = new Uint8Array(this.#counts.reduce((sum, n) => sum + n, 0));
    let filled = 0;
    for (const [story, count] of this.#counts.entries()) {
      order.fill(story, filled, filled + count);
      filled += count;
    }
    const stream = new Stream(frame.seed, LANES.stories);
    for (let i = order.length - 1; i > 0; i -= 1) {
      const j = stream.below(i + 1);
      const swapped = order[i] ?? NONE;
      order[i] = order[j] ?? NONE;
      order[j] = swapped;
    }
    this.#order = order;
    this.reach = Math.max(order.length, Math.floor(frame.persons * volume.before(frame.storyDay)));
  }

  /** How many persons carry a story. */
  count(story: Story): number {
    return this.#counts[STORIES.indexOf(story)] ?? 0;
  }

  /** The person at a place of the order. */
  #indexAt(place: number): number {
    return Math.floor(((place + 0.5) * this.reach) / this.#order.length);
  }

  /** The first persons that carry a story. */
  persons(story: Story, limit: number): number[] {
    const wanted = STORIES.indexOf(story);
    const found: number[] = [];
    for (let place = 0; place < this.#order.length && found.length < limit; place += 1) {
      if (this.#order[place] === wanted) found.push(this.#indexAt(place));
    }
    return found;
  }

  /** Gives the stories of persons asked for in rising order; `ordinal` counts those of one kind. */
  walk(): (index: number) => { story: Story; ordinal: number } | undefined {
    let place = 0;
    let next = this.#indexAt(0);
    const seen = STORIES.map(() => 0);
    return (index) => {
      if (index !== next || place >= this.#order.length) return undefined;
      const kind = this.#order[place] ?? NONE;
      place += 1;
      next = this.#indexAt(place);
      const ordinal = seen[kind] ?? 0;
      seen[kind] = ordinal + 1;
      const story = STORIES[kind];
      return story === undefined ? undefined : { story, ordinal };
    };
  }
}

/** The id of a person; ids sort in the order of creation. */
export const personId = (index: number): string => `p-${String(index + 1).padStart(8, '0')}`;

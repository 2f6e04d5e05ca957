import type { Line } from '../funnel/plan.ts';
import { compareText } from '../criteria/index.ts';
import { addDays, zone } from '../time/index.ts';
import type { Dataset, EventColumns } from './dataset.ts';
import { entityOffsets } from './dataset.ts';
import type { Entities } from './entities.ts';

/** An entity's whole line, for the few whose trials see only one of several opportunities. */
export interface JoinedLine {
  /** Of each event, in order. */
  rank: number[];
  at: number[];
  cycle: number[];
  /** The opportunity's row, or −1 for the entity's own events. */
  opportunity: number[];
  /** Opportunities by creation, then id. */
  created: { row: number; id: string; at: number }[];
}

/**
 * The visits of every entity, in order, with their cycles: what a funnel question reads. Sections
 * 1.3 to 1.10 of `docs/how-sama-counts.md` have been applied.
 */
export interface LineData {
  entities: Entities;
  /** Entity e's visits are `offsets[e]` to `offsets[e + 1]`. */
  offsets: Int32Array;
  rank: Uint8Array;
  at: Float64Array;
  cycle: Uint16Array;
  /** Whether the entity has any event at all. */
  hasEvents: Uint8Array;
  joined: ReadonlyMap<number, JoinedLine>;
  /** The one opportunity on an entity's line; −1 without, and for joined lines. Empty unless opportunities are joined. */
  opportunity: Int32Array;
  /** Entities of events with an unknown stage, one entry for each event. */
  unknown: readonly number[];
  /** Entities of events after `asOf`, one entry for each event; only when built for an `asOf`. */
  future: readonly number[];
  /** Opportunities with events and nobody to join. */
  unlinked: number;
  /** The latest event instant, −∞ without events. */
  latest: number;
  /** Ranks that occur. */
  present: ReadonlySet<number>;
}

const UNKNOWN_RANK = 255;

/** Collects one entity's events, orders them and derives visits. Reused from entity to entity. */
interface Scratch {
  rank: number[];
  at: number[];
  day: number[];
  opportunity: number[];
}

/**
 * Builds the visits of a line.
 *
 * @param asOf when given, later events are left out and days resolve as of then. When absent,
 * everything is kept: right for any `asOf` on a later day than the last event.
 */
export function buildLine(data: Dataset, line: Line, asOf?: number): LineData {
  const joins = line.grain === 'opportunity' ? null : joinOpportunities(data, line.grain);
  const days = new DayInstants(line.timeZone, asOf);
  const own = data.events[line.grain];
  const entities = data.entities[line.grain];
  const size = entities.size;
  const ownOffsets = entityOffsets(own.entity, own.length, size);
  const opportunities = data.events.opportunity;
  const rankOfStage = stageRanks(data, line);
  const capacity = own.length + (joins === null ? 0 : opportunities.length);
  /** Whether an opportunity has an event that rules 1.1 to 1.4 leave. */
  const takesPart = (o: number): boolean => {
    for (let i = joins?.eventOffsets[o] ?? 0, end = joins?.eventOffsets[o + 1] ?? 0; i < end; i++) {
      if (
        rankOfStage[opportunities.stage[i] ?? 0] !== UNKNOWN_RANK &&
        !days.isFuture(opportunities.at[i] ?? Number.NaN, opportunities.day[i] ?? 0)
      )
        return true;
    }
    return false;
  };
  const unknown: number[] = [];
  const future: number[] = [];
  const result = {
    entities,
    offsets: new Int32Array(size + 1),
    rank: new Uint8Array(capacity),
    at: new Float64Array(capacity),
    cycle: new Uint16Array(capacity),
    hasEvents: new Uint8Array(size),
    joined: new Map<number, JoinedLine>(),
    opportunity: new Int32Array(joins === null ? 0 : size).fill(-1),
    unknown,
    future,
    unlinked: (joins?.unlinked ?? []).filter((o) => takesPart(o)).length,
    latest: Number.NEGATIVE_INFINITY,
    present: new Set<number>(),
  };
  const scratch: Scratch = { rank: [], at: [], day: [], opportunity: [] };
  const take = (e: number, events: EventColumns, i: number, opportunity: number): void => {
    result.hasEvents[e] = 1;
    const rank = rankOfStage[events.stage[i] ?? 0] ?? UNKNOWN_RANK;
    if (rank === UNKNOWN_RANK) {
      result.unknown.push(e);
      return;
    }
    const at = events.at[i] ?? Number.NaN;
    const day = events.day[i] ?? 0;
    if (days.isFuture(at, day)) {
      result.future.push(e);
      return;
    }
    scratch.rank.push(rank);
    scratch.at.push(at);
    scratch.day.push(day);
    scratch.opportunity.push(opportunity);
  };
  let length = 0;
  for (let e = 0; e < size; e++) {
    scratch.rank.length = scratch.at.length = scratch.day.length = scratch.opportunity.length = 0;
    for (let i = ownOffsets[e] ?? 0, end = ownOffsets[e + 1] ?? 0; i < end; i++) take(e, own, i, -1);
    if (joins !== null) {
      for (let k = joins.offsets[e] ?? 0, end = joins.offsets[e + 1] ?? 0; k < end; k++) {
        const o = joins.rows[k] ?? 0;
        for (let i = joins.eventOffsets[o] ?? 0, last = joins.eventOffsets[o + 1] ?? 0; i < last; i++)
          take(e, opportunities, i, o);
      }
    }
    days.resolve(scratch);
    sortByTime(scratch);
    result.latest = Math.max(result.latest, scratch.at.at(-1) ?? Number.NEGATIVE_INFINITY);
    const begin = length;
    length = appendVisits(scratch, line, result, length);
    result.offsets[e + 1] = length;
    const [first, ...others] = joins === null ? [] : createdOpportunities(scratch, data.entities.opportunity);
    if (first === undefined) continue;
    if (others.length === 0) {
      result.opportunity[e] = first.row;
    } else {
      const cycle = eventCycles(scratch, result.cycle, begin, length);
      const { rank, at, opportunity } = scratch;
      result.joined.set(e, {
        rank: rank.slice(),
        at: at.slice(),
        cycle,
        opportunity: opportunity.slice(),
        created: [first, ...others],
      });
    }
  }
  for (const o of joins?.unlinked ?? []) {
    for (let i = joins?.eventOffsets[o] ?? 0, end = joins?.eventOffsets[o + 1] ?? 0; i < end; i++) {
      result.latest = Math.max(
        result.latest,
        days.latestOf(opportunities.at[i] ?? Number.NaN, opportunities.day[i] ?? 0),
      );
    }
  }
  for (const rank of new Set(result.rank.subarray(0, length))) result.present.add(rank);
  return {
    ...result,
    rank: result.rank.slice(0, length),
    at: result.at.slice(0, length),
    cycle: result.cycle.slice(0, length),
  };
}

function stageRanks(data: Dataset, line: Line): Uint8Array {
  const ranks = new Uint8Array(data.stages.values.length).fill(UNKNOWN_RANK);
  for (const stage of [...line.main, ...line.side]) {
    const code = data.stages.find(stage.key);
    if (code !== undefined) ranks[code] = stage.rank;
  }
  return ranks;
}

/** Gives date-only events their instant (rule 1.7). */
class DayInstants {
  readonly #zone;
  readonly #asOf: number;
  readonly #ends = new Map<number, readonly [number, number]>();
  readonly #asOfDay: number;

  constructor(timeZone: string, asOf: number | undefined) {
    this.#zone = zone(timeZone);
    this.#asOf = asOf ?? Number.POSITIVE_INFINITY;
    this.#asOfDay =
      asOf === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${this.#zone.dayOf(asOf)}T00:00:00Z`) / 86_400_000;
  }

  /** Whether an event lies after `asOf`; a day only when its whole day does. */
  isFuture(at: number, day: number): boolean {
    return Number.isNaN(at) ? day > this.#asOfDay : at > this.#asOf;
  }

  /** The latest instant an event can take. */
  latestOf(at: number, day: number): number {
    return Number.isNaN(at) ? this.#bounds(day)[1] : at;
  }

  resolve(events: Scratch): void {
    const n = events.at.length;
    let timed: number[] | null = null;
    for (let i = 0; i < n; i++) {
      if (!Number.isNaN(events.at[i])) continue;
      timed ??= events.at.slice();
      const [start, end] = this.#bounds(events.day[i] ?? 0);
      let instant = Number.POSITIVE_INFINITY;
      for (let j = 0; j < n; j++) {
        const at = timed[j] ?? Number.NaN;
        if (at >= start && at <= end && at < instant && (events.rank[j] ?? 0) > (events.rank[i] ?? 0)) instant = at;
      }
      events.at[i] = Math.min(instant === Number.POSITIVE_INFINITY ? end : instant, this.#asOf);
    }
  }

  #bounds(day: number): readonly [number, number] {
    let bounds = this.#ends.get(day);
    if (bounds === undefined) {
      const text = addDays('1970-01-01', day);
      bounds = [this.#zone.startOf(text), this.#zone.endOf(text)];
      this.#ends.set(day, bounds);
    }
    return bounds;
  }
}

/**
 * By instant, then rank. What comes after rank in rule 1.8 cannot change a count: events of equal
 * instant and rank are one visit.
 */
function sortByTime(events: Scratch): void {
  const { at, rank } = events;
  const n = at.length;
  let sorted = true;
  for (let i = 1; i < n && sorted; i++) {
    const difference = (at[i - 1] ?? 0) - (at[i] ?? 0);
    sorted = difference < 0 || (difference === 0 && (rank[i - 1] ?? 0) <= (rank[i] ?? 0));
  }
  if (sorted) return;
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => (at[a] ?? 0) - (at[b] ?? 0) || (rank[a] ?? 0) - (rank[b] ?? 0),
  );
  const pick = (values: number[]): number[] => order.map((i) => values[i] ?? 0);
  events.at = pick(at);
  events.rank = pick(rank);
  events.opportunity = pick(events.opportunity);
}

/** Merges stays and numbers cycles (rules 1.9 and 1.10). Returns the new length. */
function appendVisits(
  events: Scratch,
  line: Line,
  into: { rank: Uint8Array; at: Float64Array; cycle: Uint16Array },
  start: number,
): number {
  let length = start;
  let cycle = 1;
  for (let i = 0; i < events.rank.length; i++) {
    const rank = events.rank[i] ?? 0;
    const at = events.at[i] ?? 0;
    if (length > start) {
      const before = into.rank[length - 1] ?? 0;
      if (before === rank) continue;
      const reentry =
        rank >= line.reentryRank && rank < line.main.length && line.side[before - line.main.length]?.terminal === true;
      if (reentry && at - (into.at[length - 1] ?? 0) >= line.coolingOffMs) cycle++;
    }
    into.rank[length] = rank;
    into.at[length] = at;
    into.cycle[length] = cycle;
    length++;
  }
  return length;
}

/** The opportunities on a line by creation, which is their earliest event, then id. */
function createdOpportunities(events: Scratch, opportunities: Entities): JoinedLine['created'] {
  const created = new Map<number, number>();
  for (let i = 0; i < events.rank.length; i++) {
    const row = events.opportunity[i] ?? -1;
    if (row >= 0 && !created.has(row)) created.set(row, events.at[i] ?? 0);
  }
  const all = Array.from(created, ([row, at]) => ({ row, id: opportunities.id(row), at }));
  return all.sort((a, b) => a.at - b.at || compareText(a.id, b.id));
}

/** The cycle of each event, from the cycle of the visit it belongs to. */
function eventCycles(events: Scratch, cycles: Uint16Array, begin: number, end: number): number[] {
  let visit = begin - 1;
  return events.rank.map((rank, i) => {
    if (i === 0 || rank !== events.rank[i - 1]) visit = Math.min(visit + 1, end - 1);
    return cycles[visit] ?? 1;
  });
}

interface Joins {
  /** Entity e's opportunities are `rows[offsets[e]]` to `rows[offsets[e + 1] − 1]`. */
  offsets: Int32Array;
  rows: Int32Array;
  eventOffsets: Int32Array;
  /** Opportunities with events and nobody to join. */
  unlinked: number[];
}

/** Which entity each opportunity joins (rule 1.5). */
export function joinOpportunities(data: Dataset, grain: 'person' | 'account'): Joins {
  const opportunities = data.entities.opportunity;
  const entities = data.entities[grain];
  const link = grain === 'person' ? 'personId' : 'accountId';
  const n = opportunities.size;
  const owner = new Int32Array(n).fill(-1);
  const eventOffsets = entityOffsets(data.events.opportunity.entity, data.events.opportunity.length, n);
  for (let o = 0; o < n; o++) {
    const id = opportunities.link(o, link);
    if (typeof id === 'string' && (eventOffsets[o + 1] ?? 0) > (eventOffsets[o] ?? 0)) owner[o] = entities.row(id);
  }
  const unlinked: number[] = [];
  const offsets = new Int32Array(entities.size + 1);
  for (let o = 0; o < n; o++) {
    const e = owner[o] ?? -1;
    if (e >= 0) offsets[e + 1] = (offsets[e + 1] ?? 0) + 1;
    else if ((eventOffsets[o + 1] ?? 0) > (eventOffsets[o] ?? 0)) unlinked.push(o);
  }
  for (let e = 1; e < offsets.length; e++) offsets[e] = (offsets[e] ?? 0) + (offsets[e - 1] ?? 0);
  const next = offsets.slice();
  const rows = new Int32Array(n);
  for (let o = 0; o < n; o++) {
    const e = owner[o] ?? -1;
    if (e < 0) continue;
    const slot = next[e] ?? 0;
    rows[slot] = o;
    next[e] = slot + 1;
  }
  return { offsets, rows, eventOffsets, unlinked };
}

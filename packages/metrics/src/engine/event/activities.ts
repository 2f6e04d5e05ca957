import type { ActivityEvent, Scalar } from '../../contracts/index.ts';
import { compareText, type FieldReader } from '../../criteria/index.ts';
import { addDays, DAY_MS, isDay, zone } from '../../time/index.ts';
import { Dictionary, Growing, ScalarColumn } from '../columns.ts';
import type { Dataset } from '../dataset.ts';
import { inTimeOrder } from './time-order.ts';

const LINKS = ['owner', 'campaignId', 'amount', 'currency'] as const;
const ENTITIES = ['person', 'account', 'opportunity'] as const;

const int32 = (): Growing<Int32Array> => new Growing((n) => new Int32Array(n));

/** All activity events, side by side. Rows are in the order of input; `ordered` gives them their places in time. */
export class Activities {
  readonly names = new Dictionary();
  readonly name = int32();
  /** The row of the person, account and opportunity, or −1. */
  readonly person = int32();
  readonly account = int32();
  readonly opportunity = int32();
  readonly systems = new Dictionary();
  readonly system = int32();
  /** Milliseconds, or NaN for a day, which `#day` then has. */
  readonly #at = new Growing((n) => new Float64Array(n));
  readonly #day = int32();
  readonly #links = new Map<string, ScalarColumn>();
  readonly #attributes = new Map<string, ScalarColumn>();
  readonly #entities: Dataset['entities'];
  /** Rows in order, doubles left out, days at the end of their day in UTC. */
  readonly #rows: Int32Array;
  readonly #byZone = new Map<string, OrderedRows>();
  #hasDays = false;

  /**
   * @param base events to begin with; of one instant they come before the others.
   * @throws RangeError when an event's `at` is neither a day nor an instant.
   */
  constructor(events: Iterable<ActivityEvent>, entities: Dataset['entities'], base?: Activities) {
    this.#entities = entities;
    const sources: string[] = [];
    if (base !== undefined)
      base.#rows.forEach((row, place) => {
        this.#copy(base, row);
        sources.push(`\n${String(place).padStart(12, '0')}`);
      });
    for (const event of events) {
      this.#add(event);
      sources.push(`${event.source.system}\n${event.source.recordId}\n${event.source.field ?? ''}`);
    }
    this.#rows = this.#withoutDoubles(sources);
  }

  get length(): number {
    return this.name.length;
  }

  #add(event: ActivityEvent): void {
    const row = this.length;
    const day = isDay(event.at);
    const ms = Date.parse(event.at);
    if (Number.isNaN(ms))
      throw new RangeError(`event "${event.name}": at "${event.at}" is neither a day nor an instant`);
    this.name.push(this.names.code(event.name));
    this.system.push(this.systems.code(event.source.system));
    this.#at.push(day ? Number.NaN : ms);
    this.#day.push(day ? Math.round(ms / DAY_MS) : 0);
    this.#hasDays ||= day;
    for (const type of ENTITIES) {
      const id = event[`${type}Id`];
      this[type].push(id === undefined ? -1 : this.#entities[type].row(id));
    }
    for (const link of LINKS) {
      const value = event[link];
      if (value !== undefined) columnOf(this.#links, link).set(row, value);
    }
    for (const name in event.attributes) columnOf(this.#attributes, name).set(row, event.attributes[name] ?? null);
  }

  #copy(from: Activities, row: number): void {
    const to = this.length;
    const ms = from.#at.at(row);
    this.name.push(this.names.code(from.names.values[from.name.at(row)] ?? ''));
    this.system.push(this.systems.code(from.systems.values[from.system.at(row)] ?? ''));
    this.#at.push(ms);
    this.#day.push(from.#day.at(row));
    this.#hasDays ||= Number.isNaN(ms);
    for (const type of ENTITIES) this[type].push(from[type].at(row));
    for (const [link, column] of from.#links) columnOf(this.#links, link).set(to, column.get(row));
    for (const [name, column] of from.#attributes) columnOf(this.#attributes, name).set(to, column.get(row));
  }

  /** Sorts by time, source, name and whom they are about, and drops events equal in all of it. */
  #withoutDoubles(sources: readonly string[]): Int32Array {
    const { rows, at } = this.#sorted(
      Int32Array.from({ length: this.length }, (_, row) => row),
      'UTC',
    );
    const isDouble = (a: number, b: number): boolean =>
      sources[a] === sources[b] &&
      this.name.at(a) === this.name.at(b) &&
      Number.isNaN(this.#at.at(a)) === Number.isNaN(this.#at.at(b)) &&
      ENTITIES.every((type) => this[type].at(a) === this[type].at(b));
    let kept = 0;
    for (let i = 0; i < rows.length;) {
      let end = i + 1;
      while (end < rows.length && at[end] === at[i]) end++;
      if (end - i === 1) rows[kept++] = rows[i++] ?? 0;
      else {
        const tied = Array.from(rows.subarray(i, end)).sort(
          (a, b) =>
            compareText(sources[a] ?? '', sources[b] ?? '') ||
            compareText(this.names.values[this.name.at(a)] ?? '', this.names.values[this.name.at(b)] ?? '') ||
            this.#compareIds(a, b),
        );
        const begin = kept;
        for (const row of tied) {
          let double = false;
          for (let k = kept - 1; k >= begin && !double && sources[rows[k] ?? 0] === sources[row]; k--)
            double = isDouble(rows[k] ?? 0, row);
          if (!double) rows[kept++] = row;
        }
        i = end;
      }
    }
    return rows.slice(0, kept);
  }

  #compareIds(a: number, b: number): number {
    let order = 0;
    for (const type of ENTITIES) order ||= compareText(this.#idOf(type, a), this.#idOf(type, b));
    return order;
  }

  #idOf(type: (typeof ENTITIES)[number], row: number): string {
    const entity = this[type].at(row);
    return entity < 0 ? '' : this.#entities[type].id(entity);
  }

  /** Rows with their instants in one time zone, in order. */
  ordered(timeZone: string): OrderedRows {
    const key = this.#hasDays ? timeZone : 'any';
    let ordered = this.#byZone.get(key);
    if (ordered === undefined) {
      ordered = this.#sorted(this.#rows, timeZone);
      this.#byZone.set(key, ordered);
    }
    return ordered;
  }

  #sorted(rows: Int32Array, timeZone: string): OrderedRows {
    const instants = this.#instants(timeZone);
    const sorted = inTimeOrder(rows, instants);
    return {
      rows: sorted,
      at: Float64Array.from(sorted, (row) => instants[row] ?? 0),
      dayStart: this.#hasDays ? this.#dayStarts(sorted, timeZone) : null,
    };
  }

  #dayStarts(rows: Int32Array, timeZone: string): Float64Array {
    const at = this.#at.view();
    const startOf = perDay((day) => zone(timeZone).startOf(day));
    return Float64Array.from(rows, (row) => (Number.isNaN(at[row]) ? startOf(this.#day.at(row)) : Number.NaN));
  }

  /** A day counts as its last millisecond. */
  #instants(timeZone: string): Float64Array {
    const at = this.#at.view();
    if (!this.#hasDays) return at;
    const endOf = perDay((day) => zone(timeZone).endOf(day));
    return at.slice(0, this.length).map((ms, row) => (Number.isNaN(ms) ? endOf(this.#day.at(row)) : ms));
  }

  /** The values of a field as small numbers, 0 for none; null when no event has it. */
  column(field: string): ScalarColumn | null {
    const column = field.startsWith('attributes.')
      ? this.#attributes.get(field.slice('attributes.'.length))
      : this.#links.get(field);
    return column ?? null;
  }

  /** Reads a field of a row. */
  readonly read: FieldReader = (field) => {
    const type = ENTITIES.find((t) => field === `${t}Id`);
    if (type !== undefined) {
      const [rows, entities] = [this[type], this.#entities[type]];
      return (row): Scalar => (rows.at(row) < 0 ? null : entities.id(rows.at(row)));
    }
    const column = this.column(field);
    return column === null ? () => null : (row) => column.get(row);
  };
}

/** Rows by instant, then source; `at` belongs to the place, not to the row. */
export interface OrderedRows {
  rows: Int32Array;
  at: Float64Array;
  /** The first instant of the day of an event without a time, NaN for the others; null when all have one. */
  dayStart: Float64Array | null;
}

/** Asks once for each day, given as days since 1970. */
function perDay(instantOf: (day: string) => number): (day: number) => number {
  const known = new Map<number, number>();
  return (day) => {
    let ms = known.get(day);
    if (ms === undefined) {
      ms = instantOf(addDays('1970-01-01', day));
      known.set(day, ms);
    }
    return ms;
  };
}

function columnOf(columns: Map<string, ScalarColumn>, key: string): ScalarColumn {
  let values = columns.get(key);
  if (values === undefined) {
    values = new ScalarColumn();
    columns.set(key, values);
  }
  return values;
}

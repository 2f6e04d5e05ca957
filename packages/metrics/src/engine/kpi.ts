import type { Figure, Scalar } from '../contracts/index.ts';
import { compareText, compileCriteria, type FieldReader } from '../criteria/index.ts';
import type { FigurePlan, FigureRow, RecordPlan, RecordStatistics, RecordSum } from '../kpi/answer/plan.ts';
import { dayOfNumber } from '../time/day.ts';
import { INSTANT_TEXT, isDay, zone } from '../time/index.ts';
import type { Dataset } from './dataset.ts';
import { derivedReader } from './derived.ts';
import { expressionReader, localDays } from './expression.ts';
import type { LineData } from './line-data.ts';

/** Counts the records of a KPI. */
export function countRecords(data: Dataset, line: LineData | undefined, plan: RecordPlan): RecordStatistics[] {
  const entities = data.entities[plan.of];
  const read: FieldReader =
    line === undefined || plan.line === undefined ? entities.read : derivedReader(line, plan.line);
  const passes = plan.where === undefined ? null : compileCriteria(plan.where, read, plan);
  const value = plan.value === undefined ? null : expressionReader(plan.value, read, plan.timeZone);
  const placed = plan.during === undefined ? null : placing(plan.during, read, plan.timeZone);
  const by = plan.by === undefined ? null : read(plan.by);
  const parts = (plan.during?.days ?? [undefined]).map(() => new Part(plan, entities.read('currency'), read));
  for (let e = 0; e < entities.size; e++) {
    if (!entities.hasRecord(e) && line?.hasEvents[e] !== 1) continue;
    if (passes !== null && !passes(e)) continue;
    const within = placed?.(e);
    if (within === null) continue;
    const [id, group, v] = [entities.id(e), by?.(e) ?? null, value?.(e) ?? null];
    for (const [i, part] of parts.entries()) if (within === undefined || within(i)) part.add(e, id, group, v);
  }
  return parts.map((part) => part.result());
}

/** What is counted of the records of some days. */
class Part {
  readonly #plan: RecordPlan;
  readonly #sums: Sums;
  readonly #groups = new Map<Scalar, number>();
  readonly #ids: string[] = [];
  #records = 0;

  constructor(plan: RecordPlan, currency: (e: number) => Scalar | undefined, read: FieldReader) {
    this.#plan = plan;
    this.#sums = new Sums(plan, currency, read);
  }

  add(e: number, id: string, group: Scalar, value: number | null): void {
    this.#records++;
    if (this.#plan.collect === 'ids') this.#ids.push(id);
    if (this.#plan.by !== undefined) add(this.#groups, group);
    if (value !== null) this.#sums.add(e, value);
  }

  result(): RecordStatistics {
    return {
      records: this.#records,
      sums: this.#sums.result(),
      ...(this.#plan.collect === 'ids' ? { ids: this.#ids.sort(compareText) } : {}),
      ...(this.#plan.by === undefined ? {} : { groups: Array.from(this.#groups, ([key, count]) => ({ key, count })) }),
    };
  }
}

/** Sums by currency and day. */
class Sums {
  readonly #sums = new Map<string, { total: RecordSum; counts: Map<number, number> }>();
  readonly #currency: ((e: number) => Scalar | undefined) | null;
  readonly #day: ((e: number) => number | null) | null;
  readonly #values: boolean;

  constructor(
    { value, collect, byDay, during, timeZone }: RecordPlan,
    currency: (e: number) => Scalar | undefined,
    read: FieldReader,
  ) {
    this.#currency = value !== undefined && 'field' in value && value.field === 'amount' ? currency : null;
    const date = byDay === true && during !== undefined ? read(during.field) : null;
    const localDay = localDays(timeZone);
    this.#day = date === null ? null : (e) => localDay(date(e));
    this.#values = collect === 'values';
  }

  add(e: number, value: number): void {
    const unit = this.#currency?.(e);
    const currency = typeof unit === 'string' ? unit : null;
    const number = this.#day?.(e) ?? null;
    const day = number === null ? '' : dayOfNumber(number);
    const key = `${currency ?? ''} ${day}`;
    let one = this.#sums.get(key);
    if (one === undefined) {
      one = { total: { currency, ...(day === '' ? {} : { day }), n: 0, sum: 0, squares: 0 }, counts: new Map() };
      this.#sums.set(key, one);
    }
    one.total.n++;
    one.total.sum += value;
    one.total.squares += value * value;
    if (this.#values) add(one.counts, value);
  }

  result(): RecordSum[] {
    return [...this.#sums]
      .sort(([a], [b]) => compareText(a, b))
      .map(([, { total, counts }]) =>
        this.#values ? { ...total, values: [...counts].sort(([a], [b]) => a - b) } : total,
      );
  }
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/**
 * Tells of a record in which of the days its local day lies; null when it has none. An instant is compared with the
 * instants at which they begin.
 */
function placing(
  { field, days }: NonNullable<RecordPlan['during']>,
  read: FieldReader,
  timeZone: string,
): (e: number) => ((i: number) => boolean) | null {
  const at = read(field);
  const { startOf } = zone(timeZone);
  const instants = days.map(({ from, to }) => [startOf(from), startOf(to)] as const);
  return (e) => {
    const value = at(e);
    if (typeof value !== 'string') return null;
    if (isDay(value)) {
      return (i) => {
        const span = days[i];
        return span !== undefined && value >= span.from && value < span.to;
      };
    }
    if (!INSTANT_TEXT.test(value)) return null;
    const ms = Date.parse(value);
    return (i) => {
      const [begins, ends] = instants[i] ?? [0, 0];
      return ms >= begins && ms < ends;
    };
  };
}

/** Supplied figures by name; of those with the same days and segment the last one stands. */
export class Figures {
  readonly #byName = new Map<string, Map<string, FigureRow>>();

  constructor(figures: Iterable<Figure>) {
    for (const { name, from, to, value, currency, segment } of figures) {
      const rows = this.#byName.get(name) ?? new Map<string, FigureRow>();
      rows.set(JSON.stringify([from, to, segment]), {
        from,
        to,
        value,
        ...(currency === undefined ? {} : { currency }),
        ...(segment === undefined ? {} : { segment }),
      });
      this.#byName.set(name, rows);
    }
  }

  /** Those that touch the days of the plan, by first day and segment. */
  find({ name, from, to }: FigurePlan): FigureRow[] {
    return [...(this.#byName.get(name)?.values() ?? [])]
      .filter((row) => (from === undefined || row.to > from) && (to === undefined || row.from < to))
      .sort((a, b) => compareText(a.from, b.from) || compareText(a.segment ?? '', b.segment ?? ''));
  }
}

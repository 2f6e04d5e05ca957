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
export function countRecords(data: Dataset, line: LineData | undefined, plan: RecordPlan): RecordStatistics {
  const entities = data.entities[plan.of];
  const read: FieldReader =
    line === undefined || plan.line === undefined ? entities.read : derivedReader(line, plan.line);
  const passes = plan.where === undefined ? null : compileCriteria(plan.where, read, plan);
  const value = plan.value === undefined ? null : expressionReader(plan.value, read, plan.timeZone);
  const dated = plan.during === undefined ? null : duringReader(plan.during, read, plan.timeZone);
  const by = plan.by === undefined ? null : read(plan.by);
  const sums = new Sums(plan, entities.read('currency'), read);
  const groups = new Map<Scalar, number>();
  const ids: string[] = [];
  let records = 0;
  for (let e = 0; e < entities.size; e++) {
    if (!entities.hasRecord(e) && line?.hasEvents[e] !== 1) continue;
    if (passes !== null && !passes(e)) continue;
    if (dated !== null && !dated(e)) continue;
    records++;
    if (plan.collect === 'ids') ids.push(entities.id(e));
    if (by !== null) add(groups, by(e) ?? null);
    const v = value?.(e) ?? null;
    if (v !== null) sums.add(e, v);
  }
  return {
    records,
    sums: sums.result(),
    ...(plan.collect === 'ids' ? { ids: ids.sort(compareText) } : {}),
    ...(by === null ? {} : { groups: Array.from(groups, ([key, count]) => ({ key, count })) }),
  };
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

/** Whether the local day of a field lies in the days; an instant is compared with the instants at which they begin. */
function duringReader(
  { field, from, to }: NonNullable<RecordPlan['during']>,
  read: FieldReader,
  timeZone: string,
): (e: number) => boolean {
  const at = read(field);
  const { startOf } = zone(timeZone);
  const [begins, ends] = [startOf(from), startOf(to)];
  return (e) => {
    const value = at(e);
    if (typeof value !== 'string') return false;
    if (isDay(value)) return value >= from && value < to;
    if (!INSTANT_TEXT.test(value)) return false;
    const ms = Date.parse(value);
    return ms >= begins && ms < ends;
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

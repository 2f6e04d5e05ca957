import type { RecordPlan, RecordStatistics, RecordSum } from '@sama/metrics/kpi';
import { addDays, daysBetween } from '@sama/metrics/time';
import { compareText } from '@sama/metrics/criteria';
import * as z from 'zod/mini';
import type { Dialect } from '../dialect/index.ts';
import type { LineSource, Table } from '../line/index.ts';
import { decodeGroups, groupsOf, maybe, measured, number } from '../measure/measure.ts';
import { grouped, partsTable } from '../parts.ts';
import { raw, sql, withTables, type Sql, type SqlStatement } from '../statement/index.ts';

/** The days from the first to the last of these. */
function hullOf(days: readonly { from: string; to: string }[]): { from: string; to: string } {
  return {
    from: days.map(({ from }) => from).reduce((a, b) => (a < b ? a : b)),
    to: days.map(({ to }) => to).reduce((a, b) => (a > b ? a : b)),
  };
}

/** The statements for the records of KPIs; those that are not needed are absent. @beta */
export interface RecordStatements {
  /** Records, and the sums of their values, by part, currency and day. */
  sums: SqlStatement;
  values?: SqlStatement;
  ids?: SqlStatement;
  groups?: SqlStatement;
}

const EPOCH = '1970-01-01';

/**
 * Compiles the statistics of a KPI's records. @param source the line of `plan.line`; without a funnel only records
 * count.
 * @beta
 */
export function compileRecords(plan: RecordPlan, source: LineSource | undefined, dialect: Dialect): RecordStatements {
  const { during, ...rest } = plan;
  const money = plan.value !== undefined && 'field' in plan.value && plan.value.field === 'amount';
  const unit = money ? raw('currency') : raw('CAST(NULL AS VARCHAR)');
  const day = plan.byDay === true && during !== undefined ? raw('day') : raw('CAST(NULL AS BIGINT)');
  const tables: Table[] = [
    ...(source?.tables ?? []),
    ...measured(
      during === undefined ? rest : { ...rest, dated: { field: during.field, ...hullOf(during.days) } },
      source,
      dialect,
    ),
    ...(during === undefined
      ? [['counted', sql`SELECT m.*, 0 AS part, ${unit} AS unit, ${day} AS unit_day FROM measured m`] satisfies Table]
      : [
          partsTable(during.days.map(({ from, to }) => [daysBetween(EPOCH, from), daysBetween(EPOCH, to)] as const)),
          [
            'counted',
            sql`SELECT m.*, p.part AS part, ${unit} AS unit, ${day} AS unit_day FROM measured m CROSS JOIN parts p WHERE m.day >= p.begins AND m.day < p.ends`,
          ] satisfies Table,
        ]),
  ];
  const finish = (body: Sql): SqlStatement => withTables(tables, body, dialect.once).statement(dialect.placeholder);
  return {
    sums: finish(
      sql`SELECT part, unit, unit_day, count(*) AS records, count(value) AS n, coalesce(sum(value), 0) AS sum, coalesce(sum(value * value), 0) AS squares
        FROM counted GROUP BY part, unit, unit_day`,
    ),
    ...(plan.value === undefined || plan.collect !== 'values'
      ? {}
      : {
          values: finish(
            sql`SELECT part, unit, unit_day, value, count(*) AS n FROM counted WHERE value IS NOT NULL GROUP BY part, unit, unit_day, value ORDER BY value`,
          ),
        }),
    ...(plan.collect === 'ids' ? { ids: finish(sql`SELECT part, id FROM counted`) } : {}),
    ...(plan.by === undefined ? {} : { groups: finish(groupsOf(raw('counted'), raw('part'))) }),
  };
}

type Row = Readonly<Record<string, unknown>>;
/** The rows that the statements for records gave. @beta */
export type RecordRows = Readonly<Record<keyof RecordStatements, readonly Row[]>>;

const part = { part: number };
const unit = { ...part, unit: z.nullable(z.string()), unit_day: maybe };
const SumRow = z.object({ ...unit, records: number, n: number, sum: number, squares: number });
const ValueRow = z.object({ ...unit, value: number, n: number });
const IdRow = z.object({ ...part, id: z.string() });
const PartRow = z.object(part);

/** Joins the rows of an engine to the statistics every engine gives: one for each of the days, or one. @beta */
export function decodeRecords(plan: RecordPlan, rows: RecordRows): RecordStatistics[] {
  const sums = grouped(
    rows.sums.map((row) => z.parse(SumRow, row)),
    ({ part }) => part,
  );
  const values = grouped(
    rows.values.map((row) => z.parse(ValueRow, row)),
    ({ part }) => part,
  );
  const ids = grouped(
    rows.ids.map((row) => z.parse(IdRow, row)),
    ({ part }) => part,
  );
  const groups = grouped(rows.groups, (row) => z.parse(PartRow, row).part);
  return (plan.during?.days ?? [undefined]).map((_, i): RecordStatistics => ({
    records: (sums.get(i) ?? []).reduce((total, one) => total + one.records, 0),
    sums: sumsOf(plan, sums.get(i) ?? [], values.get(i) ?? []),
    ...(plan.collect === 'ids' ? { ids: (ids.get(i) ?? []).map(({ id }) => id).sort(compareText) } : {}),
    ...(plan.by === undefined ? {} : { groups: decodeGroups(groups.get(i) ?? []) }),
  }));
}

function sumsOf(
  plan: RecordPlan,
  rows: readonly z.infer<typeof SumRow>[],
  single: readonly z.infer<typeof ValueRow>[],
): RecordSum[] {
  const keyOf = (one: { unit: string | null; unit_day: number | null }): string =>
    `${one.unit ?? ''} ${one.unit_day === null ? '' : addDays(EPOCH, one.unit_day)}`;
  const values = grouped(single, keyOf);
  return rows
    .filter(({ n }) => n > 0)
    .map((one) => ({ key: keyOf(one), one }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ key, one: { unit, unit_day, n, sum, squares } }): RecordSum => ({
      currency: unit,
      ...(unit_day === null ? {} : { day: addDays(EPOCH, unit_day) }),
      n,
      sum,
      squares,
      ...(plan.collect === 'values'
        ? { values: (values.get(key) ?? []).map((row) => [row.value, row.n] as const) }
        : {}),
    }));
}

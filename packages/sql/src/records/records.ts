import type { RecordPlan, RecordStatistics, RecordSum } from '@sama/metrics/kpi';
import { addDays, daysBetween } from '@sama/metrics/time';
import { compareText } from '@sama/metrics/criteria';
import * as z from 'zod/mini';
import type { Dialect } from '../dialect/index.ts';
import type { LineSource, Table } from '../line/index.ts';
import { decodeGroups, groupsOf, maybe, measured, number } from '../measure/measure.ts';
import { raw, sql, withTables, type Sql, type SqlStatement } from '../statement/index.ts';

/** The statements for the records of KPIs; those that are not needed are absent. @beta */
export interface RecordStatements {
  records: SqlStatement;
  /** Absent where nothing is added up. */
  sums?: SqlStatement;
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
  const within =
    during === undefined
      ? sql``
      : sql` WHERE day >= ${daysBetween(EPOCH, during.from)} AND day < ${daysBetween(EPOCH, during.to)}`;
  const money = plan.value !== undefined && 'field' in plan.value && plan.value.field === 'amount';
  const unit = money ? raw('currency') : raw('CAST(NULL AS VARCHAR)');
  const day = plan.byDay === true && during !== undefined ? raw('day') : raw('CAST(NULL AS BIGINT)');
  const tables: Table[] = [
    ...(source?.tables ?? []),
    ...measured(during === undefined ? rest : { ...rest, datedBy: during.field }, source, dialect),
    ['counted', sql`SELECT m.*, ${unit} AS unit, ${day} AS unit_day FROM measured m${within}`],
  ];
  const finish = (body: Sql): SqlStatement => withTables(tables, body, dialect.once).statement(dialect.placeholder);
  return {
    records: finish(sql`SELECT count(*) AS records FROM counted`),
    ...(plan.value === undefined
      ? {}
      : {
          sums: finish(
            sql`SELECT unit, unit_day, count(*) AS n, sum(value) AS sum, sum(value * value) AS squares FROM counted WHERE value IS NOT NULL GROUP BY unit, unit_day`,
          ),
        }),
    ...(plan.value === undefined || plan.collect !== 'values'
      ? {}
      : {
          values: finish(
            sql`SELECT unit, unit_day, value, count(*) AS n FROM counted WHERE value IS NOT NULL GROUP BY unit, unit_day, value ORDER BY value`,
          ),
        }),
    ...(plan.collect === 'ids' ? { ids: finish(sql`SELECT id FROM counted`) } : {}),
    ...(plan.by === undefined ? {} : { groups: finish(groupsOf(raw('counted'))) }),
  };
}

type Row = Readonly<Record<string, unknown>>;
/** The rows that the statements for records gave. @beta */
export type RecordRows = Readonly<Record<keyof RecordStatements, readonly Row[]>>;

const unit = { unit: z.nullable(z.string()), unit_day: maybe };
const SumRow = z.object({ ...unit, n: number, sum: number, squares: number });
const ValueRow = z.object({ ...unit, value: number, n: number });

/** Joins the rows of an engine to the statistics every engine gives. @beta */
export function decodeRecords(plan: RecordPlan, rows: RecordRows): RecordStatistics {
  const [row = {}] = rows.records;
  const keyOf = (one: { unit: string | null; unit_day: number | null }): string =>
    `${one.unit ?? ''} ${one.unit_day === null ? '' : addDays(EPOCH, one.unit_day)}`;
  const values = new Map<string, [value: number, count: number][]>();
  for (const one of rows.values.map((value) => z.parse(ValueRow, value))) {
    const own = values.get(keyOf(one)) ?? [];
    own.push([one.value, one.n]);
    values.set(keyOf(one), own);
  }
  const sums = rows.sums
    .map((one) => z.parse(SumRow, one))
    .map((one) => ({ key: keyOf(one), one }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ key, one: { unit, unit_day, ...numbers } }): RecordSum => ({
      currency: unit,
      ...(unit_day === null ? {} : { day: addDays(EPOCH, unit_day) }),
      ...numbers,
      ...(plan.collect === 'values' ? { values: values.get(key) ?? [] } : {}),
    }));
  return {
    records: z.parse(z.object({ records: number }), row).records,
    sums,
    ...(plan.collect === 'ids'
      ? { ids: rows.ids.map((one) => z.parse(z.object({ id: z.string() }), one).id).sort(compareText) }
      : {}),
    ...(plan.by === undefined ? {} : { groups: decodeGroups(rows.groups) }),
  };
}

import type { MeasurePlan, MeasureStatistics } from '@sama/metrics/measure';
import { zone } from '@sama/metrics/time';
import * as z from 'zod/mini';
import { criteriaSql, recordFields } from '../criteria.ts';
import type { Dialect } from '../dialect/index.ts';
import { derivedTables, reachedStages, subjects } from '../funnel/subjects.ts';
import type { LineSource, Table } from '../line/index.ts';
import { joinSql, raw, sql, withTables, type Sql, type SqlStatement } from '../statement/index.ts';

/** The statements of a measure; those it does not need are absent. @beta */
export interface MeasureStatements {
  totals: SqlStatement;
  currencies?: SqlStatement;
  groups?: SqlStatement;
}

/**
 * Compiles a measure. @param source the line of `plan.line`; without a funnel only records count.
 * @beta
 */
export function compileMeasure(plan: MeasurePlan, source: LineSource | undefined, dialect: Dialect): MeasureStatements {
  const tables = [...(source?.tables ?? []), ...measured(plan, source, dialect)];
  const finish = (body: Sql): SqlStatement => withTables(tables, body, dialect.once).statement(dialect.placeholder);
  const quantiles = plan.quantiles.map((p, i) => sql`, ${dialect.quantile(sql`value`, p)} AS ${raw(`q${i}`)}`);
  const money = plan.value !== undefined && 'field' in plan.value && plan.value.field === 'amount';
  return {
    totals: finish(
      sql`SELECT count(*) AS records, count(value) AS n, coalesce(sum(value), 0) AS sum, min(value) AS min, max(value) AS max ${joinSql(quantiles, '')} FROM measured`,
    ),
    ...(money
      ? {
          currencies: finish(
            sql`SELECT DISTINCT coalesce(currency, '') AS currency FROM measured WHERE value IS NOT NULL ORDER BY currency`,
          ),
        }
      : {}),
    ...(plan.by === undefined
      ? {}
      : {
          groups: finish(groupsOf(raw('measured'))),
        }),
  };
}

/** Counts by the value of the field `by` of a table, and by other columns. */
export const groupsOf = (table: Sql, ...others: readonly Sql[]): Sql => {
  const by = joinSql([...others, raw('by_text, by_number, by_boolean')], ', ');
  return sql`SELECT ${by}, count(*) AS n FROM ${table} GROUP BY ${by}`;
};

/** What is read of records: of a measure, or of the statistics of a KPI. */
export type MeasuredPlan = Pick<MeasurePlan, 'of' | 'line' | 'where' | 'value' | 'by' | 'asOf' | 'timeZone'> & {
  /**
   * The field that dates a record; its local day, as days since 1970, is the column `day`: right where it lies in
   * `[from, to)`, else any that does not.
   */
  dated?: { field: string; from: string; to: string };
};

/** The records in scope with their value: `measured(id, value, currency, day, by_…)`. */
export function measured(plan: MeasuredPlan, source: LineSource | undefined, dialect: Dialect): Table[] {
  const recordField = recordFields(dialect);
  const reached = reachedStages(JSON.stringify([plan.where, plan.value, plan.dated?.field]));
  const where = plan.where === undefined ? sql`true` : criteriaSql(plan.where, recordField, { ...plan, dialect });
  const by = plan.by === undefined ? undefined : recordField(plan.by);
  const groups =
    by === undefined ? sql`` : sql`, ${by.text} AS by_text, ${by.number} AS by_number, ${by.boolean} AS by_boolean`;
  const { columns, value } = valueSql(plan, dialect);
  const dated = plan.dated === undefined ? sql`` : sql`, ${dateColumns('dated', plan.dated.field, dialect)}`;
  const day = plan.dated === undefined ? sql`` : sql`, ${localDay('dated', changesWithin(plan, plan.dated))} AS day`;
  const body = (from: Sql): Table[] => [
    ['read', sql`SELECT r.id AS id, ${columns}, r.currency AS currency${groups}${dated} FROM ${from} WHERE ${where}`],
    ['measured', sql`SELECT *, ${value} AS value${day} FROM read`],
  ];
  if (plan.line === undefined || source === undefined) {
    return [['subjects', sql`SELECT * FROM records WHERE entity_type = ${plan.of}`], ...body(sql`subjects r`)];
  }
  return [
    subjects(plan.of),
    ...derivedTables(plan.line, reached, plan.asOf, dialect),
    ...body(sql`subjects r LEFT JOIN standing_or_current d ON d.entity = r.id`),
  ];
}

/** A field that is a day or an instant, as both: null where it is the other. */
function dateColumns(name: string, field: string, dialect: Dialect): Sql {
  const { text } = recordFields(dialect)(field);
  return sql`${dialect.dayNumber(text)} AS ${raw(`${name}_day`)}, ${dialect.instantMs(text)} AS ${raw(`${name}_ms`)}`;
}

/** What a measure reads of a record, as columns, and its value, of those columns: each is worked out once. */
function valueSql({ value, ...plan }: MeasuredPlan, dialect: Dialect): { columns: Sql; value: Sql } {
  const none = raw('CAST(NULL AS DOUBLE PRECISION)');
  if (value === undefined) return { columns: sql`${none} AS number`, value: none };
  if ('field' in value)
    return {
      columns: sql`CAST(${recordFields(dialect)(value.field).number} AS DOUBLE PRECISION) AS number`,
      value: raw('number'),
    };
  const changes = changesOf(plan);
  const columns = (['from', 'to'] as const).map((end) => dateColumns(end, value.days[end], dialect));
  return {
    columns: joinSql(columns, ', '),
    value: sql`CAST(${localDay('to', changes)} - ${localDay('from', changes)} AS DOUBLE PRECISION)`,
  };
}

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

type Zoned = Pick<MeasurePlan, 'timeZone' | 'asOf'>;
/** The offsets of a zone, each from an instant on. */
type Changes = ReturnType<ReturnType<typeof zone>['offsets']>;

/** The number of a local day: a day as it stands, an instant by the reporting time zone. */
function localDay(end: 'from' | 'to' | 'dated', changes: Changes): Sql {
  const ms = raw(`${end}_ms`);
  return sql`coalesce(${raw(`${end}_day`)}, CAST(floor((${ms} + ${offset(ms, changes)}) / ${DAY_MS}.0) AS BIGINT))`;
}

/** The zone's offset at an instant, from the same calendar every engine uses. */
function offset(ms: Sql, [first, ...later]: Changes): Sql {
  const cases = later.toReversed().map(({ since, offset }) => sql`WHEN ${ms} >= ${since} THEN ${offset}`);
  return cases.length === 0
    ? sql`${first?.offset ?? 0}`
    : sql`CASE ${joinSql(cases, ' ')} ELSE ${first?.offset ?? 0} END`;
}

const changesOf = ({ timeZone, asOf }: Zoned): Changes =>
  zone(timeZone).offsets(asOf - 60 * YEAR_MS, asOf + 30 * YEAR_MS);

/**
 * Only the changes near the days: a statement with all of them takes longer to plan than to run. Elsewhere the offset
 * is one of another time, a day off at most, so that two days of margin keep an instant outside.
 */
function changesWithin({ timeZone, asOf }: Zoned, { from, to }: { from: string; to: string }): Changes {
  const { startOf, offsets } = zone(timeZone);
  const begins = Math.max(startOf(from) - 2 * DAY_MS, asOf - 60 * YEAR_MS);
  return offsets(begins, Math.max(begins, Math.min(startOf(to) + 2 * DAY_MS, asOf + 30 * YEAR_MS)));
}

type Row = Readonly<Record<string, unknown>>;

/** The rows that the statements of a measure gave. @beta */
export interface MeasureRows {
  totals: readonly Row[];
  currencies?: readonly Row[];
  groups?: readonly Row[];
}

export const number = z.pipe(z.union([z.number(), z.bigint()]), z.transform(Number));
export const maybe = z.pipe(
  z.union([z.number(), z.bigint(), z.null()]),
  z.transform((v) => (v === null ? null : Number(v))),
);
const Totals = z.object({ records: number, n: number, sum: number, min: maybe, max: maybe });
const Group = z.object({
  by_text: z.nullable(z.string()),
  by_number: maybe,
  by_boolean: z.nullable(z.boolean()),
  n: number,
});

/** Joins the rows of an engine to the statistics every engine gives. @beta */
export function decodeMeasure(plan: MeasurePlan, rows: MeasureRows): MeasureStatistics {
  const [row = {}] = rows.totals;
  const totals = z.parse(Totals, row);
  return {
    ...totals,
    quantiles: plan.quantiles.map((_, i) => z.parse(maybe, row[`q${i}`])),
    currencies: (rows.currencies ?? []).map((r) => z.parse(z.object({ currency: z.string() }), r).currency),
    groups: decodeGroups(rows.groups ?? []),
  };
}

/** Counts by the value of a field, from rows of {@link groupsOf}. */
export function decodeGroups(rows: readonly Row[]): { key: string | number | boolean | null; count: number }[] {
  return rows.map((row) => {
    const group = z.parse(Group, row);
    return { key: group.by_text ?? group.by_number ?? group.by_boolean, count: group.n };
  });
}

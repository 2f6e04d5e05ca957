import type { Criteria, FieldTest, Scalar } from '@sama/metrics/contracts';
import { zone } from '@sama/metrics/time';
import type { Dialect, FieldSql } from './dialect/index.ts';
import { identifier, joinSql, raw, sql, type Sql } from './statement/index.ts';

const NULL_TEXT = sql`CAST(NULL AS VARCHAR)`;
const NULL_NUMBER = sql`CAST(NULL AS DOUBLE PRECISION)`;
const NULL_TRUTH = sql`CAST(NULL AS BOOLEAN)`;
const TEXT_COLUMNS: Readonly<Record<string, string>> = {
  id: 'id',
  owner: 'owner',
  currency: 'currency',
  accountId: 'account_id',
  personId: 'person_id',
  campaignId: 'campaign_id',
  currentStage: 'current_stage',
};

const textField = (column: Sql): FieldSql => ({
  text: column,
  number: NULL_NUMBER,
  boolean: NULL_TRUTH,
  present: sql`${column} IS NOT NULL`,
});

/** Reads a field of the table `records`, aliased `r`; `stage` and `reached.*` from the derived table `d`. */
export const recordFields =
  (dialect: Dialect) =>
  (field: string): FieldSql => {
    const column = TEXT_COLUMNS[field];
    if (column !== undefined) return textField(raw(`r.${column}`));
    if (field === 'amount')
      return { text: NULL_TEXT, number: sql`r.amount`, boolean: NULL_TRUTH, present: sql`r.amount IS NOT NULL` };
    if (field === 'stage') return textField(sql`d.stage`);
    if (field.startsWith('reached.'))
      return textField(dialect.isoInstant(reachedColumn(field.slice('reached.'.length))));
    return dialect.attribute(field.slice('attributes.'.length));
  };

/** The column of the derived table that holds the first visit to a stage. */
function reachedColumn(stage: string): Sql {
  return sql`d.${identifier(`reached_${stage}`)}`;
}

export interface CriteriaContext {
  asOf: number;
  timeZone: string;
  dialect: Dialect;
}

/** Criteria as a condition that is true or false, never null. */
export function criteriaSql(criteria: Criteria, field: (name: string) => FieldSql, context: CriteriaContext): Sql {
  if ('all' in criteria) return connected(criteria.all, 'AND', 'true', field, context);
  if ('any' in criteria) return connected(criteria.any, 'OR', 'false', field, context);
  if ('not' in criteria) return sql`(NOT ${criteriaSql(criteria.not, field, context)})`;
  if ('present' in criteria)
    return criteria.present ? sql`(${field(criteria.field).present})` : sql`(NOT (${field(criteria.field).present}))`;
  return sql`coalesce(${testSql(criteria, field(criteria.field), context)}, false)`;
}

function connected(
  parts: readonly Criteria[],
  word: string,
  none: string,
  field: (name: string) => FieldSql,
  context: CriteriaContext,
): Sql {
  if (parts.length === 0) return raw(none);
  return sql`(${joinSql(
    parts.map((c) => criteriaSql(c, field, context)),
    ` ${word} `,
  )})`;
}

function testSql(test: Exclude<FieldTest, { present: boolean }>, field: FieldSql, context: CriteriaContext): Sql {
  if ('eq' in test) return equals(field, test.eq);
  if ('in' in test)
    return sql`(${joinSql(
      test.in.map((value) => sql`coalesce(${equals(field, value)}, false)`),
      ' OR ',
    )})`;
  if ('gt' in test) return compared(field, '>', test.gt, context);
  if ('gte' in test) return compared(field, '>=', test.gte, context);
  if ('lt' in test) return compared(field, '<', test.lt, context);
  if ('lte' in test) return compared(field, '<=', test.lte, context);
  if ('matches' in test) return context.dialect.matches(field.text, test.matches);
  return within(field.text, test.within.days, context);
}

function equals(field: FieldSql, value: Scalar): Sql {
  if (value === null) return raw('false');
  if (typeof value === 'string') return sql`${field.text} = ${value}`;
  return typeof value === 'number' ? sql`${field.number} = ${value}` : sql`${field.boolean} = ${value}`;
}

function compared(
  field: FieldSql,
  operator: '>' | '>=' | '<' | '<=',
  limit: number | string,
  { dialect }: CriteriaContext,
): Sql {
  const value = typeof limit === 'number' ? field.number : dialect.byCodePoint(field.text);
  return sql`${value} ${raw(operator)} ${limit}`;
}

const DAY_MS = 86_400_000;

function within(text: Sql, days: number, { asOf, timeZone, dialect }: CriteriaContext): Sql {
  const earliest = asOf - days * DAY_MS;
  const z = zone(timeZone);
  const day = dialect.byCodePoint(text);
  return sql`CASE WHEN ${dialect.dayNumber(text)} IS NOT NULL THEN ${day} BETWEEN ${z.dayOf(Math.floor(earliest))} AND ${z.dayOf(asOf)}
    ELSE ${dialect.instantMs(text)} BETWEEN ${earliest} AND ${asOf} END`;
}

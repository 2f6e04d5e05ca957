import type { Criteria, FieldTest, Scalar } from '@sama/metrics/contracts';
import { zone } from '@sama/metrics/time';
import { identifier, joinSql, raw, sql, type Sql } from './statement/index.ts';

/** A field as SQL: its value as text or number, null when it is missing or of the other type. */
export interface FieldSql {
  text: Sql;
  number: Sql;
  boolean: Sql;
  present: Sql;
}

const NULL = sql`NULL`;
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
  number: NULL,
  boolean: NULL,
  present: sql`${column} IS NOT NULL`,
});

/** Fields of the table `records`, aliased `r`; `stage` and `reached.*` from the derived table `d`. */
export function recordField(field: string): FieldSql {
  const column = TEXT_COLUMNS[field];
  if (column !== undefined) return textField(raw(`r.${column}`));
  if (field === 'amount')
    return { text: NULL, number: sql`r.amount`, boolean: NULL, present: sql`r.amount IS NOT NULL` };
  if (field === 'stage') return textField(sql`d.stage`);
  if (field.startsWith('reached.')) return textField(isoInstant(reachedColumn(field.slice('reached.'.length))));
  return attributeField(field.slice('attributes.'.length));
}

/** The column of the derived table that holds the first visit to a stage. */
function reachedColumn(stage: string): Sql {
  return sql`d.${identifier(`reached_${stage}`)}`;
}

/** An instant as ISO text with milliseconds, as the records write it. */
function isoInstant(ms: Sql): Sql {
  return sql`strftime(make_timestamp_ms(${ms}), ${'%Y-%m-%dT%H:%M:%S.%g'}) || 'Z'`;
}

function attributeField(name: string): FieldSql {
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const value = sql`json_extract(r.attributes, ${pointer})`;
  const type = sql`json_type(r.attributes, ${pointer})`;
  const text = sql`CASE WHEN ${type} = 'VARCHAR' THEN json_extract_string(r.attributes, ${pointer}) END`;
  return {
    text,
    number: sql`CASE WHEN ${type} IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(${value} AS DOUBLE) END`,
    boolean: sql`CASE WHEN ${type} = 'BOOLEAN' THEN CAST(${value} AS BOOLEAN) END`,
    present: sql`coalesce(${type} <> 'NULL', false)`,
  };
}

export interface CriteriaContext {
  asOf: number;
  timeZone: string;
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
  if ('gt' in test) return compared(field, '>', test.gt);
  if ('gte' in test) return compared(field, '>=', test.gte);
  if ('lt' in test) return compared(field, '<', test.lt);
  if ('lte' in test) return compared(field, '<=', test.lte);
  if ('matches' in test) return sql`lower(${field.text}) LIKE ${likePattern(test.matches)} ESCAPE '\\'`;
  return within(field.text, test.within.days, context);
}

function equals(field: FieldSql, value: Scalar): Sql {
  if (value === null) return raw('false');
  if (typeof value === 'string') return sql`${field.text} = ${value}`;
  return typeof value === 'number' ? sql`${field.number} = ${value}` : sql`${field.boolean} = ${value}`;
}

function compared(field: FieldSql, operator: '>' | '>=' | '<' | '<=', bound: number | string): Sql {
  const value = typeof bound === 'number' ? field.number : field.text;
  return sql`${value} ${raw(operator)} ${bound}`;
}

/** A wildcard as a LIKE pattern; case folds by code point, as in memory. */
function likePattern(wildcard: string): string {
  const folded = Array.from(wildcard, (c) => c.toLowerCase());
  return folded.map((c) => (c === '*' ? '%' : c === '?' ? '_' : /[%_\\]/.test(c) ? `\\${c}` : c)).join('');
}

const DAY_MS = 86_400_000;

function within(text: Sql, days: number, { asOf, timeZone }: CriteriaContext): Sql {
  const earliest = asOf - days * DAY_MS;
  const z = zone(timeZone);
  return sql`CASE WHEN regexp_full_match(${text}, ${DAY}) AND try_cast(${text} AS DATE) IS NOT NULL
    THEN ${text} BETWEEN ${z.dayOf(Math.floor(earliest))} AND ${z.dayOf(asOf)}
    WHEN regexp_full_match(${text}, ${INSTANT}) THEN epoch_ms(try_cast(${text} AS TIMESTAMPTZ)) BETWEEN ${earliest} AND ${asOf} END`;
}

const DAY = String.raw`\d{4}-\d{2}-\d{2}`;

/** The instants the criteria language knows. */
export const INSTANT = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})`;

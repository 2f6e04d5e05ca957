import { joinSql, raw, Sql, sql } from '../statement/index.ts';
import { calendar } from './calendar.ts';
import type { Dialect } from './dialect.ts';
import { regularExpression } from './wildcard.ts';

/** PostgreSQL 15 and later, whatever its collation and locale. `records.attributes` is `jsonb`. @beta */
export const postgresql: Dialect = {
  name: 'postgresql',
  placeholder: (n) => `$${n}`,
  once: raw(''),
  byCodePoint: (text) => sql`(${text}) COLLATE "C"`,
  atLast: (value, keys) => nth(value, keys, 'DESC'),
  atFirst: (value, keys) => nth(value, keys, 'ASC'),
  quantile: (value, p) => sql`percentile_cont(${p}) WITHIN GROUP (ORDER BY ${value})`,
  divide: (dividend, divisor) => sql`(${dividend}) / ${divisor}`,
  jsonList(item) {
    if (item instanceof Sql) return sql`CAST(json_agg(${item}) AS TEXT)`;
    const fields = Object.entries(item).flatMap(([name, value]) => [sql`CAST(${name} AS TEXT)`, value]);
    return sql`CAST(json_agg(json_build_object(${joinSql(fields, ', ')})) AS TEXT)`;
  },
  attribute(name) {
    const value = sql`(r.attributes -> CAST(${name} AS TEXT))`;
    const text = sql`(r.attributes ->> CAST(${name} AS TEXT))`;
    const type = sql`jsonb_typeof(${value})`;
    return {
      text: sql`CASE WHEN ${type} = 'string' THEN ${text} END`,
      number: sql`CASE WHEN ${type} = 'number' THEN CAST(${text} AS DOUBLE PRECISION) END`,
      boolean: sql`CASE WHEN ${type} = 'boolean' THEN CAST(${text} AS BOOLEAN) END`,
      present: sql`coalesce(${type} <> 'null', false)`,
    };
  },
  // Its lower() knows only what its locale knows, so the pattern brings both cases of each letter.
  matches: (text, wildcard) => sql`(${text}) ~ CAST(${regularExpression(wildcard)} AS TEXT)`,
  day: (text) => sql`CAST(${text} AS DATE)`,
  ...calendar({
    isForm: (text, form) => sql`${text} ~ CAST(${form} AS TEXT)`,
    whole: (text) => sql`CAST(${text} AS INTEGER)`,
    divide: (dividend, divisor) => sql`(${dividend}) / ${divisor}`,
  }),
  isoInstant: (ms) =>
    sql`to_char(TIMESTAMP 'epoch' + ${ms} * INTERVAL '1 millisecond', ${raw(`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`)})`,
  columns: {
    constant: asText,
    text: asText,
    id: asText,
    number: (column) => sql`CAST(${column} AS DOUBLE PRECISION)`,
    whole: (column) => sql`CAST(${column} AS BIGINT)`,
    instantMs(column, timeZone) {
      const instant = timeZone === undefined ? column : sql`(${column} AT TIME ZONE CAST(${timeZone} AS TEXT))`;
      return sql`CAST(floor(extract(epoch FROM ${instant}) * 1000) AS BIGINT)`;
    },
    day: (column) => sql`CAST(${column} AS DATE)`,
    minor: (column, digits) => sql`CAST(round(CAST(${column} AS NUMERIC) * ${10 ** digits}) AS BIGINT)`,
    object(fields) {
      const pairs = fields.flatMap(([name, column]) => [asText(name), column]);
      return pairs.length === 0 ? sql`CAST('{}' AS JSONB)` : sql`jsonb_build_object(${joinSql(pairs, ', ')})`;
    },
    said: (text) => ({
      rows: sql`jsonb_array_elements(CAST(${text} AS JSONB)) AS e`,
      id: raw('(e ->> 0)'),
      stage: raw('(e ->> 1)'),
      ms: raw('CAST(e ->> 2 AS BIGINT)'),
      reason: raw('(e ->> 3)'),
    }),
    inPlace: raw('NOT MATERIALIZED '),
    none: raw('CAST(NULL AS TEXT)'),
    noWhole: raw('CAST(NULL AS BIGINT)'),
    noDay: raw('CAST(NULL AS DATE)'),
  },
};

function asText(value: Sql | string): Sql {
  return sql`CAST(${value} AS TEXT)`;
}

function nth(value: Sql, keys: readonly Sql[], direction: 'ASC' | 'DESC'): Sql {
  const order = keys.map((key) => sql`${key} ${raw(direction)}`);
  return sql`(array_agg(${value} ORDER BY ${joinSql(order, ', ')}))[1]`;
}

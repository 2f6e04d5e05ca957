import { identifier, joinSql, raw, Sql, sql } from '../statement/index.ts';
import { DAY_TEXT, type Dialect, INSTANT_TEXT } from './dialect.ts';

const keyed = (keys: readonly Sql[]): Sql => sql`(${joinSql(keys, ', ')})`;

/** DuckDB 1.5. @beta */
export const duckdb: Dialect = {
  name: 'duckdb',
  placeholder: () => '?',
  once: raw(''),
  byCodePoint: (text) => text,
  atLast: (value, keys) => sql`arg_max(${value}, ${keyed(keys)})`,
  atFirst: (value, keys) => sql`arg_min(${value}, ${keyed(keys)})`,
  quantile: (value, p) => sql`quantile_cont(${value}, ${p})`,
  divide: (dividend, divisor) => sql`${dividend} // ${divisor}`,
  jsonList(item) {
    if (item instanceof Sql) return sql`CAST(to_json(list(${item})) AS VARCHAR)`;
    const fields = Object.entries(item).map(([name, value]) => sql`${identifier(name)}: ${value}`);
    return sql`CAST(to_json(list({${joinSql(fields, ', ')}})) AS VARCHAR)`;
  },
  attribute(name) {
    const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const value = sql`json_extract(r.attributes, ${pointer})`;
    const type = sql`json_type(r.attributes, ${pointer})`;
    return {
      text: sql`CASE WHEN ${type} = 'VARCHAR' THEN json_extract_string(r.attributes, ${pointer}) END`,
      number: sql`CASE WHEN ${type} IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST(${value} AS DOUBLE) END`,
      boolean: sql`CASE WHEN ${type} = 'BOOLEAN' THEN CAST(${value} AS BOOLEAN) END`,
      present: sql`coalesce(${type} <> 'NULL', false)`,
    };
  },
  matches: (text, wildcard) => sql`lower(${text}) LIKE ${likePattern(wildcard)} ESCAPE '\\'`,
  day: (text) => sql`CAST(${text} AS DATE)`,
  dayNumber: (text) =>
    sql`CASE WHEN regexp_full_match(${text}, ${DAY_TEXT}) THEN try_cast(${text} AS DATE) - DATE '1970-01-01' END`,
  instantMs: (text) =>
    sql`CASE WHEN regexp_full_match(${text}, ${INSTANT_TEXT}) THEN epoch_ms(try_cast(${text} AS TIMESTAMPTZ)) END`,
  isoInstant: (ms) => sql`strftime(make_timestamp_ms(${ms}), ${raw("'%Y-%m-%dT%H:%M:%S.%g'")}) || 'Z'`,
  columns: {
    constant: asText,
    text: asText,
    id: asText,
    number: (column) => sql`CAST(${column} AS DOUBLE)`,
    whole: (column) => sql`CAST(${column} AS BIGINT)`,
    instantMs(column, timeZone) {
      const instant = sql`CAST(${column} AS TIMESTAMPTZ)`;
      if (timeZone === undefined) return sql`epoch_ms(${instant})`;
      // What says its zone has it already.
      const says = sql`typeof(${column}) = 'TIMESTAMP WITH TIME ZONE' OR regexp_matches(${asText(column)}, ${raw(`'${OFFSET}'`)})`;
      return sql`epoch_ms(CASE WHEN ${says} THEN ${instant} ELSE timezone(${timeZone}, CAST(${column} AS TIMESTAMP)) END)`;
    },
    day: (column) => sql`CAST(${column} AS DATE)`,
    minor: (column, digits) =>
      sql`CAST(round(CAST(${column} AS DECIMAL(28, 8)) * CAST(${10 ** digits} AS DECIMAL(10, 0))) AS BIGINT)`,
    object: (fields) => {
      const pairs = fields.flatMap(([name, column]) => [asText(name), asJson(column)]);
      return sql`json_object(${joinSql(pairs, ', ')})`;
    },
    said: (text) => ({
      rows: sql`(SELECT unnest(from_json(CAST(${text} AS VARCHAR), '[["VARCHAR"]]')) AS e) AS said`,
      id: raw('e[1]'),
      stage: raw('e[2]'),
      ms: raw('CAST(e[3] AS BIGINT)'),
      reason: raw('e[4]'),
    }),
    inPlace: raw('NOT MATERIALIZED '),
    none: raw('CAST(NULL AS VARCHAR)'),
    noWhole: raw('CAST(NULL AS BIGINT)'),
    noDay: raw('CAST(NULL AS DATE)'),
  },
};

/** The end of a text that says the zone of a moment. */
const OFFSET = String.raw`:\d{2}(\.\d+)? ?(Z|UTC|[+-]\d{2}(:?\d{2})?)$`;

function asText(value: Sql | string): Sql {
  return sql`CAST(${value} AS VARCHAR)`;
}

/** A moment as records write it, and nothing for what is no number; the rest as JSON has it. */
function asJson(column: Sql): Sql {
  const moment = sql`replace(${asText(column)}, ' ', 'T') || CASE WHEN typeof(${column}) LIKE '%ZONE' THEN ':00' ELSE '' END`;
  return sql`CASE WHEN typeof(${column}) LIKE 'TIMESTAMP%' THEN to_json(${moment})
    WHEN typeof(${column}) IN ('DOUBLE', 'FLOAT') AND NOT isfinite(try_cast(${column} AS DOUBLE)) THEN NULL ELSE to_json(${column}) END`;
}

function likePattern(wildcard: string): string {
  const folded = Array.from(wildcard, (c) => c.toLowerCase());
  return folded.map((c) => (c === '*' ? '%' : c === '?' ? '_' : /[%_\\]/.test(c) ? `\\${c}` : c)).join('');
}

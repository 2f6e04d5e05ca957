import { joinSql, raw, Sql, sql } from '../statement/index.ts';
import { calendar } from './calendar.ts';
import type { Dialect } from './dialect.ts';
import { regularExpression } from './wildcard.ts';

/**
 * What a connection to ClickHouse must set, so that nulls, counts and names mean what they do in
 * standard SQL.
 * @beta
 */
export const CLICKHOUSE_SETTINGS = {
  aggregate_functions_null_for_empty: 1,
  allow_experimental_join_condition: 1,
  cast_keep_nullable: 1,
  enable_materialized_cte: 1,
  join_use_nulls: 1,
  // The days of a time zone with many changes of the clock are a long text.
  max_query_size: 4_000_000,
  output_format_json_quote_64bit_integers: 0,
  prefer_column_name_to_alias: 1,
} as const;

const keyed = (keys: readonly Sql[]): Sql => sql`(${joinSql(keys, ', ')})`;

/**
 * ClickHouse 26. `records.attributes` is `Nullable(String)` with JSON, `stage_events.at_day` a
 * `Nullable(Date32)`: days from 1900 to 2299.
 * @beta
 */
export const clickhouse: Dialect = {
  name: 'clickhouse',
  placeholder: (n, value) =>
    `{p${n}:${typeof value === 'boolean' ? 'Bool' : typeof value === 'number' ? 'Float64' : 'String'}}`,
  once: raw('MATERIALIZED '),
  byCodePoint: (text) => text,
  atLast: (value, keys) => sql`argMax(${value}, ${keyed(keys)})`,
  atFirst: (value, keys) => sql`argMin(${value}, ${keyed(keys)})`,
  // It would plan every table anew for each use, and a chain of them for each link of the chain.
  chain: (from, to) => ({
    pair: sql`arrayFold((c, x) -> if(x.2 = c.1 + 1 AND x.2 < ${to}, (x.2, x.3), c),
      arraySort(groupArray((seq, assumeNotNull(toInt64(rank)), assumeNotNull(toInt64(instant))))), (toInt64(${from - 1}), toInt64(0)))`,
    stage: (pair) => sql`${pair}.1`,
    instant: (pair) => sql`${pair}.2`,
  }),
  quantile: (value, p) => sql`quantileExactInclusive(${raw(String(p))})(${value})`,
  divide: (dividend, divisor) => sql`intDiv(${dividend}, ${divisor})`,
  jsonList(item) {
    if (item instanceof Sql) return sql`toJSONString(groupArray(${item}))`;
    const fields = Object.entries(item).map(([name, value]) => sql`${raw(`'"${name}":'`)}, toJSONString(${value})`);
    return sql`concat('[', arrayStringConcat(groupArray(concat('{', ${joinSql(fields, ", ',', ")}, '}')), ','), ']')`;
  },
  attribute(name) {
    const type = sql`toString(JSONType(r.attributes, ${name}))`;
    return {
      text: sql`CASE WHEN ${type} = 'String' THEN JSONExtractString(r.attributes, ${name}) END`,
      number: sql`CASE WHEN ${type} IN ('Int64', 'UInt64', 'Double') THEN JSONExtractFloat(r.attributes, ${name}) END`,
      boolean: sql`CASE WHEN ${type} = 'Bool' THEN CAST(JSONExtractBool(r.attributes, ${name}) AS Bool) END`,
      present: sql`coalesce(${type} <> 'Null', false)`,
    };
  },
  matches: (text, wildcard) => sql`match(${text}, ${regularExpression(wildcard)})`,
  day: (text) => sql`toDate32(${text})`,
  ...calendar({
    isForm: (text, form) => sql`match(${text}, ${form})`,
    whole: (text) => sql`toInt32OrZero(${text})`,
    divide: (dividend, divisor) => sql`intDiv(${dividend}, ${divisor})`,
  }),
  isoInstant(ms) {
    const text = sql`toString(fromUnixTimestamp64Milli(CAST(${ms} AS BIGINT), 'UTC'))`;
    return sql`concat(substr(${text}, 1, 10), 'T', substr(${text}, 12, 12), 'Z')`;
  },
  columns: {
    constant: (value) => sql`CAST(${value} AS String)`,
    text: (column) => sql`CAST(${column} AS Nullable(String))`,
    id: (column) => sql`assumeNotNull(CAST(${column} AS Nullable(String)))`,
    number: (column) => sql`CAST(${column} AS Nullable(Float64))`,
    whole: (column) => sql`CAST(${column} AS Nullable(Int64))`,
    instantMs: (column, timeZone) =>
      timeZone === undefined
        ? sql`toUnixTimestamp64Milli(CAST(${column} AS Nullable(DateTime64(3))))`
        : sql`toUnixTimestamp64Milli(toDateTime64OrNull(CAST(${column} AS Nullable(String)), 3, ${timeZone}))`,
    day: (column) => sql`CAST(${column} AS Nullable(Date32))`,
    minor: (column, digits) =>
      sql`CAST(round(CAST(${column} AS Nullable(Decimal(38, 8))) * ${10 ** digits}) AS Nullable(Int64))`,
    object(fields) {
      const members = fields.map(
        ([name, column]) => sql`concat(${JSON.stringify(name)}, ':', ifNull(toJSONString(${column}), 'null'))`,
      );
      return members.length === 0 ? raw("'{}'") : sql`concat('{', ${joinSql(members, ", ',', ")}, '}')`;
    },
    // Within the statement: what is bound travels in an address, where there is little room.
    said: (text) => ({
      rows: raw(
        `(SELECT arrayJoin(JSONExtract(${literal(text)}, 'Array(Tuple(String, String, Int64, Nullable(String)))')) AS e) AS said`,
      ),
      id: raw('e.1'),
      stage: raw('e.2'),
      ms: raw('CAST(e.3 AS Nullable(Int64))'),
      reason: raw('CAST(e.4 AS Nullable(String))'),
    }),
    inPlace: raw(''),
    none: raw('CAST(NULL AS Nullable(String))'),
    noWhole: raw('CAST(NULL AS Nullable(Int64))'),
    noDay: raw('CAST(NULL AS Nullable(Date32))'),
  },
};

/** A text within a statement. */
function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

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
};

function likePattern(wildcard: string): string {
  const folded = Array.from(wildcard, (c) => c.toLowerCase());
  return folded.map((c) => (c === '*' ? '%' : c === '?' ? '_' : /[%_\\]/.test(c) ? `\\${c}` : c)).join('');
}

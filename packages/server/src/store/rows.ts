import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  SQLNULL,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBMaterializedResult,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Batch } from '@sama/sql';

/** A value bound to `$1` … or `$name`. Whole numbers are bound as BIGINT, others as DOUBLE. */
export type Param = string | number | bigint | boolean | null;
export type Params = readonly Param[] | Readonly<Record<string, Param>>;

/** Runs one statement and gives its rows as plain JavaScript. */
export async function queryRows(
  connection: DuckDBConnection,
  sql: string,
  params: Params = [],
): Promise<Record<string, unknown>[]> {
  const result = await run(connection, sql, params);
  const names = result.deduplicatedColumnNames();
  return (await result.getRows()).map((row) => {
    const object: Record<string, unknown> = {};
    for (const [index, name] of names.entries()) object[name] = plain(row[index] ?? null);
    return object;
  });
}

/** Runs one statement and gives its columns as DuckDB holds them, which is cheap for a million rows. */
export async function queryBatches(
  connection: DuckDBConnection,
  sql: string,
  params: Params = [],
): Promise<readonly Batch[]> {
  const result = await run(connection, sql, params);
  const names = result.deduplicatedColumnNames();
  return (await result.fetchAllChunks()).map((chunk) => ({
    rows: chunk.rowCount,
    column: (name) => {
      const index = names.indexOf(name);
      if (index < 0) return null;
      const vector = chunk.getColumnVector(index);
      return (row) => vector.getItem(row);
    },
  }));
}

function run(connection: DuckDBConnection, sql: string, params: Params): Promise<DuckDBMaterializedResult> {
  return isList(params)
    ? connection.run(sql, params.map(bound), params.map(typeOf))
    : connection.run(
        sql,
        Object.fromEntries(Object.entries(params).map(([name, value]) => [name, bound(value)])),
        Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeOf(value)])),
      );
}

/** The only row, or undefined. */
export async function queryRow(
  connection: DuckDBConnection,
  sql: string,
  params: Params = [],
): Promise<Record<string, unknown> | undefined> {
  return (await queryRows(connection, sql, params))[0];
}

/** The number in the first column of the first row; 0 when there is none. */
export async function queryNumber(connection: DuckDBConnection, sql: string, params: Params = []): Promise<number> {
  const [value] = Object.values((await queryRow(connection, sql, params)) ?? {});
  return typeof value === 'number' ? value : 0;
}

function isList(params: Params): params is readonly Param[] {
  return Array.isArray(params);
}

function bound(value: Param): DuckDBValue {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}

function typeOf(value: Param): DuckDBType {
  if (value === null) return SQLNULL;
  if (typeof value === 'string') return VARCHAR;
  if (typeof value === 'boolean') return BOOLEAN;
  return typeof value === 'bigint' || Number.isSafeInteger(value) ? BIGINT : DOUBLE;
}

/** Whole numbers become numbers when that is exact, days `YYYY-MM-DD`, lists arrays, structs objects. */
function plain(value: DuckDBValue): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBListValue) return value.items.map(plain);
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, plain(entry)]));
  return value;
}

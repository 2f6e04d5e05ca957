export { clickhouse, CLICKHOUSE_SETTINGS } from './clickhouse.ts';
export type { ColumnSql, Dialect, FieldSql } from './dialect.ts';
export { duckdb } from './duckdb.ts';
export { postgresql } from './postgresql.ts';

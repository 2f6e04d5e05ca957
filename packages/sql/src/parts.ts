import type { Table } from './line/index.ts';
import { joinSql, sql } from './statement/index.ts';

/** Ranges `[begins, ends)` of whole numbers and their places: the table `parts(part, begins, ends)`. */
export function partsTable(ranges: readonly (readonly [begins: number, ends: number])[]): Table {
  const rows = ranges.map(([begins, ends], i) => sql`(${i}, CAST(${begins} AS BIGINT), CAST(${ends} AS BIGINT))`);
  return ['parts', sql`SELECT * FROM (VALUES ${joinSql(rows, ', ')}) AS v(part, begins, ends)`];
}

/** Rows by what `keyOf` says of them, in their order. */
export function grouped<K, T>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

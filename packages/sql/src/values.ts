import type { Scalar } from '@sama/metrics/contracts';
import type { FieldSql } from './dialect/index.ts';
import { raw, sql, type Sql } from './statement/index.ts';

/** Rows of a long answer, column by column. @beta */
export interface Batch {
  rows: number;
  /** Reads a column by its row in the batch; null when the answer has no such column. */
  column(name: string): ((row: number) => unknown) | null;
}

/** Three columns that hold a value of any type. */
export function valueColumns(prefix: string, { text, number, boolean }: FieldSql): Sql {
  return sql`, ${text} AS ${raw(`${prefix}_text`)}, CAST(${number} AS DOUBLE PRECISION) AS ${raw(`${prefix}_number`)}, ${boolean} AS ${raw(`${prefix}_boolean`)}`;
}

/** The values of three columns that each hold one type. */
export function valuesOf(batches: readonly Batch[], prefix: string): Scalar[] {
  const all: Scalar[] = [];
  for (const batch of batches) {
    const [text, number, boolean] = ['text', 'number', 'boolean'].map((type) => batch.column(`${prefix}_${type}`));
    if (text === null || text === undefined) continue;
    for (let row = 0; row < batch.rows; row++) all.push(scalar(text(row) ?? number?.(row) ?? boolean?.(row)));
  }
  return all;
}

function scalar(value: unknown): Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

import type { DuckDBConnection } from '@duckdb/node-api';
import type { ImportNote, Reject } from '@sama/metrics/contracts';

/** How far an import is. `done` and `total` are bytes or rows; without `total` the end is not known. */
export interface ImportProgress {
  phase: 'reading' | 'checking' | 'writing';
  done: number;
  total?: number;
}

export type OnProgress = (progress: ImportProgress) => void;

/** A file whose readable rows were handed to `parse`, in their order. */
export interface RowSource {
  /** Columns in the order of `c0`, `c1` … */
  columns: string[];
  /** Rows that could be read. */
  rows: number;
  /** A `FROM` clause of these rows, as for `parse`. */
  from: string;
  /** Rows that could not be read, in order of their lines. */
  malformed: Reject[];
  notes: ImportNote[];
  /** The line a row stands on, by its number from 0. */
  lineOf(row: number): number;
}

export interface SourceOptions {
  path: string;
  connection: DuckDBConnection;
  /**
   * Makes the table `parsed`, a row for each row of a `FROM` clause in the same order, in place of
   * one that was there. The clause has the columns `c0` …, all VARCHAR, in the order of `columns`.
   */
  parse: (columns: readonly string[], from: string) => Promise<void>;
  /** A folder for work in progress. */
  temporary: string;
  /** CSV only. */
  delimiter?: string;
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

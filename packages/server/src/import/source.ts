import type { DuckDBConnection } from '@duckdb/node-api';
import type { ImportNote, Reject } from '@sama/metrics/contracts';

/** How far an import is. `done` and `total` are bytes or rows; without `total` the end is not known. */
export interface ImportProgress {
  phase: 'reading' | 'checking' | 'writing';
  done: number;
  total?: number;
}

export type OnProgress = (progress: ImportProgress) => void;

/** A file whose readable rows stand in the table `staged` of a connection, in their order. */
export interface RowSource {
  /** Columns in the order of `c0`, `c1` … */
  columns: string[];
  /** Rows in `staged`. */
  rows: number;
  /** Rows that could not be read, in order of their lines. */
  malformed: Reject[];
  notes: ImportNote[];
  /** The line a staged row stands on, by its `rowid`. */
  lineOf(row: number): number;
}

export interface SourceOptions {
  path: string;
  /** Gets the table `staged`. */
  connection: DuckDBConnection;
  /** A folder for work in progress. */
  temporary: string;
  /** CSV only. */
  delimiter?: string;
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

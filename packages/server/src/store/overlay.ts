import type { DuckDBConnection } from '@duckdb/node-api';

/** The catalog that every connection of a reader finds a generation under. */
export const GENERATION = 'generation';

/** What is read on top of a generation: data that changes too often to be written into one. */
export interface Overlay {
  /** Changes with what it holds; 0 is nothing. */
  readonly version: number;
  /**
   * Lays it over the generation of a connection, in schemas of the catalog `memory`. The connection is its own from now
   * on; the generation can only be read.
   */
  lay(connection: DuckDBConnection): Promise<Laid>;
}

/** An overlay on one generation. */
export interface Laid {
  /** Where names are looked for by who reads through it. */
  readonly path: string;
  /** Tables of the generation that lack what the overlay says, and stand for nothing where it is read. */
  readonly stale: ReadonlySet<string>;
  /** Fulfilled once it holds at least what it held when this was called. One transaction: readers see all of it or nothing. */
  follow(): Promise<void>;
  close(): void;
}

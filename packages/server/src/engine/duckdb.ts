import type { MetricsEngine } from '@sama/metrics/contracts';
import { duckdb } from '@sama/sql';
import type { Overlay, ReadSession } from '../store/index.ts';
import { createSqlEngine, type SqlEngineOptions } from './sql-engine.ts';

/** The part of a store an engine reads. */
export interface ReadableStore {
  reader(): { use<T>(work: (session: ReadSession) => Promise<T>, over?: Overlay): Promise<T> };
}

/** What stands in every answer of the engine. @beta */
export interface DuckDbEngineOptions extends SqlEngineOptions {
  /** What is read on top of the store. Default: nothing. */
  over?: Overlay;
}

/**
 * The engine of the embedded store: questions compiled to SQL on DuckDB. One question reads one
 * generation, also when an import ends meanwhile. Rejects when the store cannot be read or the
 * reader's signal is aborted.
 * @beta
 */
export function createDuckDbEngine(store: ReadableStore, options: DuckDbEngineOptions = {}): MetricsEngine {
  return createSqlEngine(
    {
      use: (work) =>
        store.reader().use(
          (session) =>
            work({
              stale: session.stale,
              all: ({ text, params }, signal) => session.all(text, params, signal === undefined ? {} : { signal }),
              batches: ({ text, params }, signal) =>
                session.batches(text, params, signal === undefined ? {} : { signal }),
            }),
          options.over,
        ),
    },
    duckdb,
    options,
  );
}

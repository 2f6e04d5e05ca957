import type { Flag, MetricsEngine } from '@sama/metrics/contracts';
import { answerWith } from '@sama/metrics/engine';
import type { Overlay, ReadSession } from '../store/index.ts';
import { SqlCounter, type SqlReader } from './counter.ts';

/** The part of a store an engine reads. */
export interface ReadableStore {
  reader(): { use<T>(work: (session: ReadSession) => Promise<T>, over?: Overlay): Promise<T> };
}

/** What stands in every answer of the engine. @beta */
export interface DuckDbEngineOptions {
  /** Flags of every answer, such as `demo`. */
  flags?: () => readonly Flag[];
  /** The clock of `computedAt`. Default: now. */
  now?: () => string;
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
  const now = options.now ?? (() => new Date().toISOString());
  return {
    answer: (question, context) =>
      store.reader().use((session) => {
        const reader: SqlReader = {
          stale: session.stale,
          all: ({ text, params }, signal) => session.all(text, params, signal === undefined ? {} : { signal }),
          batches: ({ text, params }, signal) => session.batches(text, params, signal === undefined ? {} : { signal }),
        };
        return answerWith(question, context, new SqlCounter(reader), {
          name: 'duckdb',
          flags: options.flags?.() ?? [],
          now,
        });
      }, options.over),
  };
}

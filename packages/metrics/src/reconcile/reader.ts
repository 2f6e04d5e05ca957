import type {
  AnswerContext,
  DataSource,
  Definition,
  EntityType,
  Envelope,
  MetricsEngine,
  QueryOptions,
  Question,
} from '../contracts/index.ts';
import { problem } from '../problem.ts';
import type { Reading } from './contracts.ts';

/** Answers questions from records that are read in one way. @beta */
export interface Asker {
  /** @param definition in place of the definitions it knows; only where the reader names those. */
  ask(question: Question, definition?: Definition): Promise<Envelope>;
  /** All ids of a grain; absent where nobody can list them. */
  ids?(grain: EntityType): readonly string[];
  /** The same answers to questions about these ids only, from less data. */
  only?(grain: EntityType, ids: readonly string[]): Asker;
}

/** Whom `reconcile` asks. @beta */
export interface Reader {
  /** What questions may name; absent where nobody can tell. With it, definitions are told apart by their text. */
  definitions?: readonly Definition[];
  under(reading: Reading | undefined): Asker;
}

/**
 * Reconciles answers of a source, such as `createHttpSource`. It is asked past its cache. A source counts its
 * own records as they are: sides with a `reading` are refused, see `fromRecords`.
 * @beta
 */
export function fromSource(source: DataSource, options: Omit<QueryOptions, 'fresh'> = {}): Reader {
  return {
    under: (reading) => ({
      ask: async (question) =>
        reading === undefined ? source.query(question, { ...options, fresh: true }) : cannotRead(),
    }),
  };
}

/** Reconciles answers of an engine. Definitions are told apart by their text. @beta */
export function fromEngine(engine: MetricsEngine, context: AnswerContext): Reader {
  return {
    definitions: context.definitions,
    under: (reading) => ({
      ask: async (question, definition) =>
        reading === undefined
          ? engine.answer(question, definition === undefined ? context : { ...context, definitions: [definition] })
          : cannotRead(),
    }),
  };
}

const cannotRead = (): Envelope =>
  problem('unsupported', 'reading: a source counts its records as they are; use fromRecords');

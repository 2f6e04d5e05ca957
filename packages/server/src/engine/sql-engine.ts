import { QuestionError } from '@sama/metrics';
import type { Flag, MetricsEngine } from '@sama/metrics/contracts';
import { answerWith } from '@sama/metrics/engine';
import type { Dialect, Warehouse } from '@sama/sql';
import { refusal } from '../http/refusal.ts';
import { SqlCounter, type SqlReader } from './counter.ts';

/** A database, question by question: all that one reads is of one state of the data, as far as the database can. */
export interface Sessions {
  /** @param said events that no table has (`saidText`), where the database is not ours to write to. */
  use<T>(work: (reader: SqlReader) => Promise<T>, said?: string): Promise<T>;
  close(): Promise<void>;
}

/** What stands in every answer of an engine, and how far it may go. @beta */
export interface SqlEngineOptions {
  /** Flags of every answer, such as `demo`. */
  flags?: () => readonly Flag[];
  /** Events that no table has (`saidText`), at the moment of a question. */
  said?: () => string | undefined;
  /** The clock of `computedAt`. Default: now. */
  now?: () => string;
  /** Rows that one statement may give. Default: {@link MOST_ROWS}. */
  rows?: number | undefined;
}

/** Rows that one statement may give, unless the configuration says otherwise. */
export const MOST_ROWS = 20_000_000;

/** An engine that compiles questions to the SQL of a database. */
export function createSqlEngine(
  sessions: Pick<Sessions, 'use'>,
  dialect: Dialect,
  { flags, said, now = () => new Date().toISOString(), rows = MOST_ROWS }: SqlEngineOptions = {},
): MetricsEngine {
  return {
    answer: async (question, context) => {
      try {
        return await sessions.use(
          (reader) =>
            answerWith(question, context, new SqlCounter(limited(reader, rows), dialect), {
              name: dialect.name,
              flags: flags?.() ?? [],
              now,
            }),
          said?.(),
        );
      } catch (error) {
        // A database that was not reached, which a reader may hear of.
        if (error instanceof QuestionError) return refusal(error.code, error.message);
        throw error;
      }
    },
  };
}

/** A reader that refuses a statement with more rows than it may give. */
function limited(reader: SqlReader, most: number): SqlReader {
  const check = (rows: number): void => {
    if (rows > most) throw tooManyRows(most);
  };
  const { batches } = reader;
  return {
    ...reader,
    all: async (statement, signal) => {
      const rows = await reader.all(statement, signal);
      check(rows.length);
      return rows;
    },
    ...(batches === undefined
      ? {}
      : {
          batches: async (statement, signal) => {
            const found = await batches(statement, signal);
            check(found.reduce((sum, batch) => sum + batch.rows, 0));
            return found;
          },
        }),
  };
}

/** The tables that a mapping gives, besides those that always are there. */
export function tablesOf({ activities = [], figures = [] }: Warehouse): string[] {
  return [...(activities.length > 0 ? ['activity_events'] : []), ...(figures.length > 0 ? ['figures'] : [])];
}

/** What a reader is told of a database that does not answer. */
export const outOfReach = (): QuestionError =>
  new QuestionError('unavailable', 'The database cannot be reached. Try again in a moment.');

/** Why a statement was stopped that takes longer than it may. */
export const outOfTime = (timeLimitMs: number): QuestionError =>
  new QuestionError(
    'timeout',
    `The answer took longer than ${Math.round(timeLimitMs / 1000)} s. Ask for a shorter period or with a filter.`,
  );

/** Why a statement was stopped that gives more rows than it may. */
export const tooManyRows = (most: number): QuestionError =>
  new QuestionError(
    'too-large',
    `The question reads more than ${most.toLocaleString('en')} rows. Ask for a shorter period or with a filter.`,
  );

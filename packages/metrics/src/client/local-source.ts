import type { AnswerContext, DataSource, Ledger, MetricsEngine, Question, QueryOptions } from '../contracts/index.ts';
import { problem } from '../problem.ts';
import { readOnly } from './read-only.ts';

/** What an engine needs beside the question, fixed or asked anew for each question. @public */
export type LocalContext = Omit<AnswerContext, 'signal'> | (() => Omit<AnswerContext, 'signal'>);

/**
 * Turns an engine into a `DataSource` for the same process. An engine that throws gives an
 * envelope with the code `internal`; only an abort rejects.
 *
 * @param ledger Default: commands are refused and nothing ever changes.
 * @public
 */
export function localSource(engine: MetricsEngine, context: LocalContext, ledger?: Ledger): DataSource {
  return {
    async query(question: Question, { signal }: QueryOptions = {}) {
      signal?.throwIfAborted();
      try {
        const now = typeof context === 'function' ? context() : context;
        return await engine.answer(question, signal === undefined ? now : { ...now, signal });
      } catch (error) {
        signal?.throwIfAborted();
        return problem('internal', error instanceof Error ? error.message : String(error));
      }
    },
    command: readOnly,
    subscribe: () => () => undefined,
    ...ledger,
  };
}

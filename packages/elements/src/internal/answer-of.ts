import { problem } from '@sama/metrics/client';
import type { DataSource, Envelope, Question, QueryOptions } from '@sama/metrics/contracts';
import { inTurn } from './turns.ts';

/**
 * The answer of a source as `read` reads it. Never rejects: what the source throws, or gives in place of an envelope,
 * is told as a failure. It is read in turn with all widgets of the page.
 */
export async function answerOf(
  source: DataSource,
  question: Question,
  read: (value: unknown) => Envelope,
  options?: QueryOptions,
): Promise<Envelope> {
  try {
    const answer = await source.query(question, options);
    return await inTurn(() => read(answer));
  } catch (error) {
    return problem('internal', String(error));
  }
}

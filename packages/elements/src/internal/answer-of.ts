import { problem } from '@sama/metrics/client';
import type { DataSource, Envelope, Question, QueryOptions } from '@sama/metrics/contracts';

/**
 * The answer of a source as `read` reads it. Never rejects: what the source throws, or gives in place of an envelope,
 * is told as a failure.
 */
export async function answerOf<Answer>(
  source: DataSource,
  question: Question,
  read: (value: unknown) => Answer,
  options?: QueryOptions,
): Promise<Answer | Envelope> {
  try {
    return read(await source.query(question, options));
  } catch (error) {
    return problem('internal', String(error));
  }
}

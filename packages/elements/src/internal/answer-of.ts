import { problem } from '@sama/metrics/client';
import type { DataSource, Question, QueryOptions } from '@sama/metrics/contracts';

/**
 * What a source says to a question, to be read: an answer, or what it gave in place of one. Never rejects: what the
 * source throws is told as a failure.
 */
export async function answerOf(source: DataSource, question: Question, options?: QueryOptions): Promise<unknown> {
  try {
    return await source.query(question, options);
  } catch (error) {
    return problem('internal', String(error));
  }
}

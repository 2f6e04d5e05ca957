import type { Question } from '../contracts/index.ts';
import { base64url } from './address.ts';
import { isObject } from './shape.ts';

/** The longest `q` of a GET, in characters of base64url. */
const LONGEST_QUERY = 2048;

/** `?q=…` for a question that may stand in an address; empty for one that goes by POST. */
export function queryPart(question: Question): string {
  const json = JSON.stringify(question);
  const q = base64url(json);
  // A filter may hold personal values, and an address is written to logs.
  return /"(filter|where)"/.test(json) || q.length > LONGEST_QUERY ? '' : `?q=${q}`;
}

/** The body of a batch; `known` are the hashes of answers the reader holds. */
export function batchBody(questions: readonly Question[], known?: readonly string[]): string {
  return JSON.stringify({ v: 1, questions, known });
}

/** One answer in the body of a batch; `undefined` when there is none. */
export function answerAt(body: unknown, i: number): unknown {
  const answers = isObject(body) && body['answers'];
  return Array.isArray(answers) ? answers[i] : undefined;
}

import type { Question } from '../contracts/index.ts';
import { base64url } from './address.ts';
import { isObject } from './shape.ts';

/** The largest question that fits a `q` of 2,048 characters, in bytes. */
const LARGEST = 1536;

/** `?q=…` for a question that may stand in an address; empty for one that goes by POST. */
export function queryPart(question: Question): string {
  const json = JSON.stringify(question);
  const bytes = new TextEncoder().encode(json);
  // A filter may hold personal values, and an address is written to logs.
  return bytes.length > LARGEST || /"(filter|where)"/.test(json) ? '' : `?q=${base64url(bytes)}`;
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

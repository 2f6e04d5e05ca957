import type { Envelope } from '../contracts/index.ts';
import { problem } from '../problem.ts';
import { isObject } from './shape.ts';

const NEWEST = 1;
const STATUS: ReadonlySet<unknown> = new Set(['ok', 'empty', 'pending', 'denied', 'error']);

/** What is said of an answer of a newer major version; `undefined` for one that can be read. */
export function newerVersion(value: unknown): Envelope | undefined {
  if (!isObject(value) || typeof value['v'] !== 'number' || value['v'] <= NEWEST) return undefined;
  return problem('newer-version', `the answer has version ${value['v']}; this reader knows ${NEWEST}`);
}

/** Whether this begins as an envelope does. What its data holds is the server's word. */
function hasHead(value: unknown): value is Envelope {
  return (
    isObject(value) &&
    value['v'] === NEWEST &&
    STATUS.has(value['status']) &&
    Array.isArray(value['flags']) &&
    Array.isArray(value['warnings']) &&
    (value['data'] === undefined || isObject(value['data']))
  );
}

/**
 * Reads an envelope by its head and trusts the server with the rest: no schema, hardly a byte.
 * `readEnvelope` and `readBy` look at the fields. Never throws; what is no envelope gives `invalid-answer`, a
 * newer major version `newer-version`.
 * @public
 */
export function readHead(value: unknown): Envelope {
  if (hasHead(value)) return value;
  return newerVersion(value) ?? problem('invalid-answer', 'the whole: expected an envelope with v, status and flags');
}

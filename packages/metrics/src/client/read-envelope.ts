import type { Envelope, PlainStage } from '../contracts/index.ts';
import { type PlainOptions, plainEnvelope } from './plain-envelope.ts';
import { problem } from '../problem.ts';
import { newerVersion } from './read-head.ts';
import { isObject, type Mismatch, mismatch, wordsOf } from './shape.ts';
import { shapes } from './shapes.ts';

/** Whether this is an envelope of the contracts. */
export function isEnvelope(value: unknown): value is Envelope {
  return mismatch(shapes.envelope, value, shapes.refs) === null;
}

/** Whether these are plain rows of the contracts. */
export function isRows(value: unknown): value is PlainStage[] {
  return mismatch(shapes.rows, value, shapes.refs) === null;
}

/**
 * Reads an envelope that crossed a wire, with every field of a funnel; of another answer it looks
 * only at the kind, and `readBy` at the rest. What is no envelope gives `invalid-answer` and names the
 * first wrong field; a newer major version gives `newer-version`. Never throws.
 * @public
 */
export function readEnvelope(value: unknown): Envelope {
  if (isEnvelope(value)) return value;
  return newerVersion(value) ?? problem('invalid-answer', wordsOf(mismatch(shapes.envelope, value, shapes.refs)));
}

/**
 * Reads what a page supplies itself: an envelope, or plain rows `[{ stage, count }]`, which get
 * the flag `as-supplied`. Never throws; a wrong field gives `invalid-answer` and is named.
 * @public
 */
export function readSupplied(value: unknown, options: PlainOptions = {}): Envelope {
  if (!Array.isArray(value)) return readEnvelope(value);
  if (isRows(value)) {
    const twice = repeated(value);
    return twice === undefined ? plainEnvelope(value, options) : problem('invalid-answer', twice);
  }
  return problem('invalid-answer', rowWords(value, mismatch(shapes.rows, value, shapes.refs)));
}

/** Two rows of one stage: nobody knows which to believe. */
function repeated(rows: readonly PlainStage[]): string | undefined {
  for (const [i, { stage, key = stage }] of rows.entries()) {
    const at = rows.findIndex((row) => row.stage === stage || (row.key ?? row.stage) === key);
    if (at < i) return `${stage}: row ${i + 1} repeats row ${at + 1}; give each stage one row`;
  }
  return undefined;
}

/** A wrong count by the name of its stage: `MQL: -1 is not a count; write a whole number from 0 on`. */
function rowWords(rows: readonly unknown[], found: Mismatch | null): string {
  const [at, field] = found?.path ?? [];
  const row = rows[Number(at)];
  if (found === null || field !== 'count' || !isObject(row)) return wordsOf(found);
  const { stage, count } = row;
  const is = typeof count === 'object' ? 'this' : count === undefined ? 'nothing' : String(count);
  return `${stage}: ${is} is not a count; write ${found.expected}`;
}

import * as z from 'zod/mini';
import { Envelope, PlainStage, WIRE_VERSION } from '../contracts/index.ts';
import { type PlainOptions, plainEnvelope } from './plain-envelope.ts';
import { problem } from './problem.ts';

const Head = z.object({ v: z.number() });
const Rows = z.array(PlainStage).check(z.maxLength(100));

/**
 * Reads an envelope that crossed a wire. What is no envelope gives `invalid-answer` and names the
 * first wrong field; a newer major version gives `newer-version`. Never throws.
 */
export function readEnvelope(value: unknown): Envelope {
  const parsed = Envelope.safeParse(value);
  if (parsed.success) return parsed.data;
  return isNewer(value)
    ? problem('newer-version', `the answer has a version newer than ${WIRE_VERSION}`)
    : problem('invalid-answer', firstIssue(parsed.error));
}

/** Whether a value names a major version this reader does not know. */
function isNewer(value: unknown): boolean {
  const head = Head.safeParse(value);
  return head.success && head.data.v > WIRE_VERSION;
}

/**
 * Reads what a page supplies itself: an envelope, or plain rows `[{ stage, count }]`, which get
 * the flag `as-supplied`. Never throws; a wrong field gives `invalid-answer` and is named.
 */
export function readSupplied(value: unknown, options: PlainOptions = {}): Envelope {
  if (!Array.isArray(value)) return readEnvelope(value);
  const rows = Rows.safeParse(value);
  return rows.success ? plainEnvelope(rows.data, options) : problem('invalid-answer', firstIssue(rows.error));
}

/** `stages[2].count: expected int`, from the deepest of the first problems. */
function firstIssue(error: z.core.$ZodError): string {
  let issue = error.issues[0];
  const path: PropertyKey[] = [...(issue?.path ?? [])];
  while (issue?.code === 'invalid_union') {
    const branch = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0]?.[0];
    if (branch === undefined) break;
    path.push(...branch.path);
    issue = branch;
  }
  const where = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  const what = issue?.code === 'invalid_type' ? `expected ${issue.expected}` : (issue?.message ?? 'not readable');
  return `${where.replace(/^\./, '') || 'the whole'}: ${what}`;
}

const depth = (issues: readonly z.core.$ZodIssue[]): number => issues[0]?.path.length ?? 0;

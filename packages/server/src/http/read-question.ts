import { MAX_QUERY_LENGTH, Question, describeIssues, explainIssue, type ErrorCode } from '@sama/metrics/contracts';
import * as z from 'zod/mini';

/** Deeper than any question needs, shallow enough for every recursive reader behind it. */
const MAX_DEPTH = 32;

/** Something read, or why not. */
export type Read<T> = { ok: true; value: T } | { ok: false; code: ErrorCode; message: string };

const refuse = (code: ErrorCode, message: string): Read<never> => ({ ok: false, code, message });

/** Whether a JSON value nests deeper than `limit`. Works without recursion, so depth cannot exhaust the stack. */
function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}

/** Half a pair of surrogates, which no UTF-8 can say. */
const HALF = /\p{Cs}/u;

/** Why a JSON value is not taken, whatever it means; its depth has been checked. */
function oddity(value: unknown): string | undefined {
  if (typeof value === 'string')
    return HALF.test(value) ? 'holds half of a surrogate pair. Send whole characters in UTF-8.' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    // Schemas pass it over, so that it would be lost unseen.
    if (key === '__proto__') return 'has a field "__proto__". Give it another name.';
    const found = oddity(key) ?? oddity(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** JSON of limited depth. `what` names the text in messages. */
export function readJson(text: string, what: string): Read<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('invalid-question', `${what} is not JSON. Send one JSON document in UTF-8.`);
  }
  if (isDeeperThan(value, MAX_DEPTH)) {
    return refuse('too-large', `${what} nests deeper than ${MAX_DEPTH} levels. Flatten its filter.`);
  }
  const odd = oddity(value);
  if (odd !== undefined) return refuse('invalid-question', `${what} ${odd}`);
  return { ok: true, value };
}

/** A newer wire version is refused by name, before its unknown fields are. */
export function readVersion(value: unknown, what: string): Read<unknown> {
  const head = z.looseObject({ v: z.number() }).safeParse(value);
  if (head.success && head.data.v > 1) {
    return refuse(
      'newer-version',
      `${what} has v: ${head.data.v}; this server reads v: 1. Update the server or ask in v: 1.`,
    );
  }
  return { ok: true, value };
}

/** One question from parsed JSON. `at` is where it stands, for messages. */
export function readQuestion(value: unknown, at = 'the question'): Read<Question> {
  const version = readVersion(value, at);
  if (!version.ok) return version;
  const parsed = Question.safeParse(value, { error: explainIssue });
  if (parsed.success) return { ok: true, value: parsed.data };
  return refuse('invalid-question', `${at}: ${describeIssues(parsed.error.issues)}`);
}

/** The question of a GET: base64url of UTF-8 JSON in `q`. */
export function readQueryParameter(q: string | undefined): Read<Question> {
  if (q === undefined || q === '') {
    return refuse('invalid-question', 'q is missing. Send the question as base64url of its JSON, or POST it.');
  }
  if (q.length > MAX_QUERY_LENGTH) {
    return refuse('too-large', `q is longer than ${MAX_QUERY_LENGTH} characters. POST the question instead.`);
  }
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(q)) {
    return refuse('invalid-question', 'q is not base64url. Encode the JSON with - and _ in place of + and /.');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(q, 'base64url'));
  } catch {
    return refuse('invalid-question', 'q is not UTF-8. Encode the JSON as UTF-8 before base64url.');
  }
  const json = readJson(text, 'q');
  return json.ok ? readQuestion(json.value, 'q') : json;
}

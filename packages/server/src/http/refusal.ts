import type { ErrorCode, Refusal } from '@sama/metrics/contracts';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** The HTTP status of each code. 200 belongs to answers without a code. */
const STATUS: Record<ErrorCode, ContentfulStatusCode> = {
  'no-data-yet': 200,
  'nothing-matches': 200,
  'invalid-question': 422,
  'unknown-definition': 404,
  'definition-conflict': 409,
  'unknown-stage': 422,
  'unknown-segment': 422,
  'invalid-period': 422,
  'invalid-time-zone': 422,
  unsupported: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'too-large': 413,
  'rate-limited': 429,
  cancelled: 503,
  timeout: 503,
  unreachable: 503,
  'invalid-answer': 500,
  'newer-version': 422,
  unavailable: 503,
  internal: 500,
};

/** The HTTP status a code travels with. */
export function httpStatus(code: ErrorCode): ContentfulStatusCode {
  return STATUS[code];
}

/** An envelope that says no. The message names the field and the remedy, never SQL, a path or a stack. */
export function refusal(code: ErrorCode, message: string): Refusal {
  const denied = code === 'unauthenticated' || code === 'forbidden';
  return { v: 1, status: denied ? 'denied' : 'error', flags: [], code, message, warnings: [] };
}

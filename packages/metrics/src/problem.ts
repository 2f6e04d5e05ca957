import type { Envelope, ErrorCode } from './contracts/index.ts';

const STATUS: Partial<Record<ErrorCode, Envelope['status']>> = {
  'no-data-yet': 'empty',
  'nothing-matches': 'empty',
  unauthenticated: 'denied',
  forbidden: 'denied',
};

/** An envelope without data: why there is no answer. `message` is for developers and logs, in English. @public */
export function problem(code: ErrorCode, message: string): Envelope & { data?: undefined } {
  return { v: 1, status: STATUS[code] ?? 'error', flags: [], code, message, warnings: [] };
}

import type { Envelope, ErrorCode } from '../contracts/index.ts';

const STATUS: Partial<Record<ErrorCode, Envelope['status']>> = {
  'no-data-yet': 'empty',
  'nothing-matches': 'empty',
  unauthenticated: 'denied',
  forbidden: 'denied',
};

/** An envelope without data: why there is no answer. `message` is for developers and logs, in English. */
export function problem(code: ErrorCode, message: string): Envelope {
  return { v: 1, status: STATUS[code] ?? 'error', flags: [], code, message, warnings: [] };
}

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid-question',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  410: 'not-found',
  413: 'too-large',
  414: 'too-large',
  422: 'invalid-question',
  429: 'rate-limited',
  502: 'unavailable',
  503: 'unavailable',
  504: 'timeout',
};

/** The code an HTTP status stands for when its body says nothing better. */
export function codeOfStatus(status: number): ErrorCode {
  return CODE_OF_STATUS[status] ?? (status >= 500 ? 'internal' : 'invalid-answer');
}

import type { ErrorCode } from './contracts/index.ts';

/** A question that cannot be answered as asked. The message names the field and the remedy. @public */
export class QuestionError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'QuestionError';
    this.code = code;
  }
}

/** Input that a function cannot work with: which field, why, and what to write instead. @public */
export class InputError extends Error {
  /** A path such as `fit.criteria.0.max`. */
  readonly field: string;
  readonly reason: string;
  readonly remedy: string;
  constructor(field: string, reason: string, remedy: string) {
    super(`${field}: ${reason}; ${remedy}`);
    this.name = 'InputError';
    this.field = field;
    this.reason = reason;
    this.remedy = remedy;
  }
}

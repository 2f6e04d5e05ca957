import type { ErrorCode } from './contracts/index.ts';

/** A question that cannot be answered as asked. The message names the field and the remedy. */
export class QuestionError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'QuestionError';
    this.code = code;
  }
}

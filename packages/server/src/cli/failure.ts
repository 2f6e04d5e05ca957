import { CommanderError } from 'commander';

/** The call itself was wrong: exit 2. Any other error is a failure: exit 1. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** The exit code of what a command threw; 0 when it only showed its help or version. */
export function exitCode(error: unknown): 0 | 1 | 2 {
  if (error instanceof UsageError) return 2;
  if (!(error instanceof CommanderError)) return 1;
  if (error.exitCode === 0) return 0;
  return error.code.startsWith('commander.') ? 2 : 1;
}

/** What a person reads of an error; the stack only when `SAMA_DEBUG` is set. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env['SAMA_DEBUG'] === undefined ? error.message : (error.stack ?? error.message);
}

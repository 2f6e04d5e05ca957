import { InputError } from '../errors.ts';

/** What an `InputError` says that this must throw. */
export function refusal(run: () => unknown): { field: string; reason: string; remedy: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return { field: error.field, reason: error.reason, remedy: error.remedy };
    throw error;
  }
  throw new Error('nothing was refused');
}

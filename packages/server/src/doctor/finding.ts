import { scrubbed } from '../observe/scrub.ts';

/** How a thing stands: well, so that it should be looked at, or so that Sama cannot work or is open to others. */
export type Standing = 'ok' | 'warn' | 'fail';

/** What an examination found about one thing. Never holds a secret, nor what stands in records. */
export interface Finding {
  /** What was looked at, such as `ledger`. */
  check: string;
  standing: Standing;
  found: string;
  /** What mends it; absent where nothing has to be mended. */
  remedy?: string;
}

export const ok = (check: string, found: string): Finding => ({ check, standing: 'ok', found });
export const warn = (check: string, found: string, remedy: string): Finding => ({
  check,
  standing: 'warn',
  found,
  remedy,
});
export const fail = (check: string, found: string, remedy: string): Finding => ({
  check,
  standing: 'fail',
  found,
  remedy,
});

/** The text of what was thrown, without what a log must not hold. */
export function causeOf(error: unknown): string {
  // A connection tried on several addresses says nothing itself.
  const first = error instanceof AggregateError && error.message === '' ? error.errors[0] : error;
  return scrubbed(first instanceof Error ? first.message : String(first));
}

/** Runs an examination; one that fails itself is a finding too. */
export async function examine(
  check: string,
  remedy: string,
  look: () => Promise<Finding[]> | Finding[],
): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    return [fail(check, causeOf(error), remedy)];
  }
}

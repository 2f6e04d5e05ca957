import type * as z from 'zod/mini';
import { explainIssue } from './contracts/explain-issue.ts';
import { faultsOf } from './contracts/issues.ts';
import { InputError } from './errors.ts';

/**
 * Reads a value by a schema.
 *
 * @param name what the value is called in messages: `model`, `leads`.
 * @throws InputError naming the first field that does not fit.
 */
export function readInput<T>(schema: z.ZodMiniType<T>, value: unknown, name: string): T {
  const parsed = schema.safeParse(value, { error: explainIssue });
  if (parsed.success) return parsed.data;
  const [fault] = faultsOf(parsed.error.issues);
  const { field: at = '', reason = 'not a value that fits here', remedy } = fault ?? {};
  const field = at === '' ? name : `${name}.${at}`;
  throw new InputError(field, reason, remedy ?? `correct ${field}`);
}

import { describeIssues, explainIssue } from '@sama/metrics/contracts';
import type * as z from 'zod/mini';

/** Reads a value by a schema. What is wrong comes as `field: reason; …`, in English. */
export function parseValue<T>(schema: z.ZodMiniType<T>, value: unknown): { data: T } | { wrong: string } {
  const parsed = schema.safeParse(value, { error: explainIssue });
  return parsed.success ? { data: parsed.data } : { wrong: describeIssues(parsed.error.issues) };
}

import type * as z from 'zod/mini';
import type { Envelope } from '../contracts/index.ts';
import { describeIssues } from '../contracts/issues.ts';
import { problem } from '../problem.ts';
import { newerVersion } from './read-head.ts';

/**
 * A reader that looks at every field by a schema of the contracts: `readBy(Envelope)` for every
 * kind of answer, or that of the kinds that are asked for. It costs a page that schema, which
 * `readEnvelope` does not. Never throws, and says what `readEnvelope` says.
 * @public
 */
export function readBy(schema: z.ZodMiniType<Envelope>): (value: unknown) => Envelope {
  return (value) => {
    const newer = newerVersion(value);
    if (newer !== undefined) return newer;
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : problem('invalid-answer', describeIssues(parsed.error.issues));
  };
}

import * as z from 'zod/mini';
import { LogLevel } from '../observe/log.ts';

/** How a server runs. */
export const OperationsConfig = z.strictObject({
  /** From which weight on the log is written. Default: `info`, and `warn` at a terminal. */
  log: z.optional(LogLevel),
  /** Seconds requests may go on when the server is told to stop. Default: 10. */
  stopSeconds: z.optional(z.int().check(z.minimum(0), z.maximum(600))),
});
export type OperationsConfig = z.infer<typeof OperationsConfig>;

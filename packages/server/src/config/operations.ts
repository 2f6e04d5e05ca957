import * as z from 'zod/mini';
import { LogLevel } from '../observe/log.ts';

/** How a server runs. */
export const OperationsConfig = z.strictObject({
  /** From which weight on the log is written. Default: `info`, and `warn` at a terminal. */
  log: z.optional(LogLevel),
  /** How often one reader with a token may ask. Default: 1 200, twenty a second. */
  requestsPerMinute: z.optional(z.int().check(z.minimum(1), z.maximum(1_000_000))),
  /** Live streams that are held open at a time. Default: 1 000. */
  liveStreams: z.optional(z.int().check(z.minimum(0), z.maximum(100_000))),
  /** Seconds requests may go on when the server is told to stop. Default: 10. */
  stopSeconds: z.optional(z.int().check(z.minimum(0), z.maximum(600))),
});
export type OperationsConfig = z.infer<typeof OperationsConfig>;

import type { Envelope } from '../contracts/index.ts';
import type { HttpSourceOptions } from './http-options.ts';

/** What `createClient` takes: where to ask, and how patiently. @public */
export interface ClientOptions extends HttpSourceOptions {
  /** Milliseconds for which an answer passes for fresh and is not asked for again. Default: 10 000. */
  freshMs?: number | undefined;
  /** How often a request that may heal is tried again: after no network, 429, 502, 503 and 504. Default: 3. */
  retries?: number | undefined;
  /**
   * Reads what comes back. Default: `readHead`, which trusts the server with the inside of an
   * answer; `readEnvelope` looks at every field of a funnel, and `readBy(Envelope)`, which brings zod
   * along, at every field of everything.
   */
  read?: ((value: unknown) => Envelope) | undefined;
}

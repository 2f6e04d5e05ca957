import { setTimeout as wait } from 'node:timers/promises';
import { ConnectorError } from './errors.ts';

/** Time and chance, so that a test need not wait. @beta */
export interface Pace {
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /** From 0 to 1. */
  random(): number;
  /** Milliseconds since 1970. */
  now(): number;
}

/** The clock and chance of this machine. @beta */
export const REAL_PACE: Pace = {
  sleep: async (ms, signal) => {
    await wait(ms, undefined, signal === undefined ? {} : { signal });
  },
  random: Math.random,
  now: Date.now,
};

const ATTEMPTS = 7;
const FIRST_MS = 500;
const LONGEST_MS = 60_000;
/** Somebody waits at a terminal: whoever is told to wait longer comes again by himself. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Milliseconds before the next attempt, the first being 1: what the vendor asks for and a little
 * more, else a chance time below a bound that doubles ("full jitter", so that several callers who
 * were refused together do not come again together).
 */
export function pauseOf(attempt: number, waitMs: number | undefined, random: number): number {
  const bound = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return waitMs === undefined ? Math.round(bound * random) : waitMs + Math.round(FIRST_MS * random);
}

/**
 * Runs `work` again while it throws a ConnectorError `busy`, at most seven times. Then, or when the
 * vendor asks to wait for more than five minutes, throws `quota` or `unreachable`.
 */
export async function patiently<T>(work: () => Promise<T>, pace: Pace, signal?: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.code !== 'busy') throw error;
      const { waitMs } = error;
      const again = 'Run the same command again later: it goes on where it stopped.';
      if (waitMs !== undefined && waitMs > PATIENCE_MS)
        throw new ConnectorError(
          'quota',
          `${error.message} It asks to wait ${Math.ceil(waitMs / 60_000)} minutes. ${again}`,
          { cause: error, waitMs },
        );
      if (attempt === ATTEMPTS)
        throw new ConnectorError(
          'unreachable',
          `${error.message} After ${ATTEMPTS} attempts this was the last. ${again}`,
          {
            cause: error,
          },
        );
      await pace.sleep(pauseOf(attempt, waitMs, pace.random()), signal);
    }
  }
}

/** A date as headers write it. `Date.parse` alone takes `-5` for a day of the year 2001. */
const HEADER_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The milliseconds of a `Retry-After` header: seconds, or a date (RFC 9110, 10.2.3). Undefined for
 * anything else, such as a negative or an endless number.
 */
export function retryAfterMs(header: string | null | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,12}(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  const at = HEADER_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

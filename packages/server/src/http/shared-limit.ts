import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Postgres } from '../ledger/postgres.ts';
import { bringForward } from '../tables/forward.ts';

const STEPS: readonly (readonly string[])[] = [
  // As rate-limiter-flexible makes it.
  ['CREATE TABLE sama_limits_counts (key VARCHAR(255) PRIMARY KEY, points INTEGER NOT NULL DEFAULT 0, expire BIGINT)'],
];
/** Of what a reader may ask, a server draws so much at a time. */
const SHARE = 20;
/** More purses than this are looked through for those that are over. */
const MANY = 1_000;

/** What a server has drawn for a reader and not spent yet. */
interface Purse {
  left: number;
  /** When it is worth nothing any more, in milliseconds. */
  until: number;
  /** Why no more can be drawn before. */
  over?: RateLimiterRes;
}

/** Counts what readers ask. @throws RateLimiterRes, to be awaited, from one who asks too often. */
export interface Limiter {
  consume(reader: string): Promise<unknown>;
}

/**
 * Counts what each reader asks of all servers together, in PostgreSQL. A server draws a twentieth of what a reader may
 * ask in a time, and counts that out by itself: most requests wait for nobody. What is drawn at one server and not
 * spent is missing at the others, so with n servers a reader is told to wait after 1 - (n - 1) / 20 of the limit at the
 * earliest, and never gets more. When PostgreSQL is away each server counts alone.
 *
 * @param seconds in which a reader may ask `most` times.
 */
export async function sharedLimiter(postgres: Postgres, most: number, seconds: number): Promise<Limiter> {
  await bringForward(postgres, 'sama_limits', 'limits', STEPS);
  const shared = new RateLimiterPostgres({
    points: most,
    duration: seconds,
    tableName: 'sama_limits_counts',
    tableCreated: true,
    keyPrefix: '',
    storeType: 'pool',
    storeClient: {
      query: async ({ text, values }: { text: string; values: unknown[] }) => ({
        rows: await postgres.query(text, values),
      }),
    },
    insuranceLimiter: new RateLimiterMemory({ points: most, duration: seconds }),
  });
  const share = Math.max(1, Math.floor(most / SHARE));
  const purses = new Map<string, Purse>();
  const drawing = new Map<string, Promise<Purse>>();

  const draw = async (reader: string): Promise<Purse> => {
    if (purses.size > MANY) for (const [key, { until }] of purses) if (until <= Date.now()) purses.delete(key);
    let purse: Purse;
    try {
      // A name stands in no table.
      const { msBeforeNext } = await shared.consume(createHash('sha256').update(reader).digest('hex'), share);
      purse = { left: share, until: Date.now() + msBeforeNext };
    } catch (error) {
      if (!isOver(error)) throw error;
      purse = { left: 0, until: Date.now() + error.msBeforeNext, over: error };
    }
    purses.set(reader, purse);
    return purse;
  };

  return {
    consume: async (reader) => {
      for (;;) {
        const purse = purses.get(reader);
        if (purse !== undefined && purse.until > Date.now()) {
          if (purse.over !== undefined) throw purse.over;
          if (purse.left > 0) {
            purse.left -= 1;
            return;
          }
        }
        const drawn = drawing.get(reader) ?? draw(reader).finally(() => drawing.delete(reader));
        drawing.set(reader, drawn);
        await drawn;
      }
    },
  };
}

const isOver = (error: unknown): error is RateLimiterRes =>
  typeof error === 'object' && error !== null && 'msBeforeNext' in error;

import type { LiveEvent } from '@sama/metrics/contracts';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { allows } from '../sign-in/grant.ts';
import type { Signed } from '../sign-in/signed.ts';
import { type Desk, groundFor } from './answer.ts';
import type { SignedEnv } from './enter.ts';
import { httpStatus, refusal } from './refusal.ts';

/** Streams held open at a time; readers beyond look at `/v1/meta` instead. */
export const MOST_STREAMS = 100;
const LOOK_MS = 1_000;
/** When the server stops, its readers come back after so long. */
const COME_BACK_MS = 2_000;
/** A stream without news says so this often, so that a broken one is noticed. */
const STILL_HERE_MS = 15_000;

/**
 * `GET /live`: server-sent events that name the data and the ledger, at once and whenever one is another. They end
 * within a second of `closing`, and of the reader's rights.
 */
export function liveRoutes(desk: Versioned, closing?: AbortSignal): Hono<SignedEnv> {
  const app = new Hono<SignedEnv>();
  let open = 0;
  app.get('/live', (c) => {
    if (open >= MOST_STREAMS) {
      c.header('Cache-Control', 'no-store');
      c.header('Retry-After', '60');
      const message = `${MOST_STREAMS} readers are listening. Look at /v1/meta for dataVersion instead.`;
      return c.json(refusal('unavailable', message), httpStatus('unavailable'));
    }
    open += 1;
    desk.observer?.streams(open);
    const signed = c.get('signed');
    // Proxies that gather a response before they pass it on would keep the news.
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async (stream) => {
      let told: string | undefined;
      let quietMs = 0;
      const over = () => stream.aborted || closing?.aborted === true || !signed.holds();
      try {
        while (!over()) {
          const event: LiveEvent = { v: 1, ...versionsOf(desk, signed) };
          const news = JSON.stringify(event);
          if (news !== told) {
            await stream.writeSSE({ event: 'data', data: news });
            told = news;
            quietMs = 0;
          } else if (quietMs >= STILL_HERE_MS) {
            await stream.write(': still here\n\n');
            quietMs = 0;
          }
          await stream.sleep(LOOK_MS);
          quietMs += LOOK_MS;
        }
        // Whoever listens by EventSource comes back then.
        if (closing?.aborted === true && !stream.aborted) await stream.write(`retry: ${COME_BACK_MS}\n\n`);
      } finally {
        open -= 1;
        desk.observer?.streams(open);
      }
    });
  });
  return app;
}

type Versioned = Pick<Desk, 'engine' | 'dataVersion' | 'asOf' | 'settled' | 'ledger' | 'observer'>;

/** What names the data, and the ledger for whom it is open: its version counts what single persons did. */
export function versionsOf(desk: Versioned, { scopes, suppress }: Signed) {
  const { ledger } = desk;
  const reads = suppress === 0 && (allows(scopes, 'handoffs') || allows(scopes, 'glossary'));
  return {
    dataVersion: groundFor(desk, { suppress }).dataVersion(),
    ...(ledger === undefined || !reads ? {} : { ledgerVersion: String(ledger.version()) }),
  };
}

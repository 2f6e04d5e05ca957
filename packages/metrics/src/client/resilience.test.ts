import * as fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { counted, counting, of, refusal, serve, src } from './testing/funnel-server.ts';
import { json, localServer, silence } from './testing/local-server.ts';
import { createClient } from './index.ts';

afterEach(() => void vi.useRealTimers());

const TIMEOUT_MS = 20_000;
const pending = { v: 1, status: 'pending', flags: [], warnings: [] };
const half = (): Response =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"v":1,'));
        controller.error(new TypeError('network error'));
      },
    }),
  );
const wait = fc.constantFrom<Record<string, string>>(
  {},
  { 'retry-after': '0' },
  { 'retry-after': '3' },
  { 'retry-after': '99' },
);
/** One thing a server may do, be it to answer. */
const step = fc.oneof(
  fc.constant(counting),
  fc.constant((): Response => {
    throw new TypeError('Failed to fetch');
  }),
  fc.constant(silence),
  fc.constant(half),
  fc.constant(serve((period) => (Number(period) % 2 === 0 ? pending : refusal('invalid-period')))),
  fc.constant((): Response => new Response('<h1>Sorry</h1>', { status: 200 })),
  wait.map((headers) => () => json(refusal('rate-limited'), 429, headers)),
  wait.map((headers) => () => json({}, 202, headers)),
  fc.tuple(fc.constantFrom(401, 404, 413, 500, 502, 503, 504), wait).map(
    ([status, headers]) =>
      () =>
        new Response('', { status, headers }),
  ),
);

test('whatever a server does and whoever leaves, each gets its own answer or the reason in time, and nothing is left behind', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 8 }),
      fc.array(
        fc.record({ count: fc.integer({ min: 1, max: 6 }), leavesAt: fc.option(fc.nat(TIMEOUT_MS)), at: fc.nat(3000) }),
        {
          minLength: 1,
          maxLength: 6,
        },
      ),
      async (steps, readers) => {
        vi.useFakeTimers();
        const { fetch } = localServer(...steps);
        const client = createClient({ src, fetch, timeoutMs: TIMEOUT_MS, freshMs: 0, fetchToken: async () => 't' });
        const ends = readers.map(async ({ count, leavesAt, at }) => {
          await new Promise((resolve) => setTimeout(resolve, at));
          const leaving = new AbortController();
          const timer = leavesAt === null ? undefined : setTimeout(() => leaving.abort(), leavesAt);
          const began = Date.now();
          const envelope = await client.query(of(String(count)), { signal: leaving.signal }).catch((error: unknown) => {
            if (!leaving.signal.aborted) throw error;
          });
          clearTimeout(timer);
          return { count, envelope, ms: Date.now() - began };
        });
        await vi.runAllTimersAsync();
        const wrong = (await Promise.all(ends)).filter(({ count, envelope, ms }) => {
          const answered = envelope?.status === 'ok' ? counted(envelope) === count : envelope?.code !== undefined;
          return ms > TIMEOUT_MS || !(answered || envelope === undefined || envelope.status === 'pending');
        });
        expect(wrong).toEqual([]);
        expect(vi.getTimerCount()).toBe(0);
        vi.useRealTimers();
      },
    ),
    { numRuns: 400 },
  );
});

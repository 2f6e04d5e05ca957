import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Envelope } from '../contracts/index.ts';
import { answer, counted, question, refusal, src } from './testing/funnel-server.ts';
import { type Asked, json, localServer, type Step } from './testing/local-server.ts';
import { readEvents, type ServerEvent } from './events.ts';
import { createClient } from './index.ts';

const encoder = new TextEncoder();
const meta = (dataVersion: string, capabilities = ['query', 'batch']) => json({ v: 1, dataVersion, capabilities });
/** What a server writes to say which data it has. */
const version = (dataVersion: string) => `event: data\ndata: ${JSON.stringify({ v: 1, dataVersion })}\n\n`;

/** A stream of server-sent events to write into, which honours the abort. */
function stream() {
  let writer: ReadableStreamDefaultController<Uint8Array> | undefined;
  const opened: Asked[] = [];
  const step = (asked: Asked): Response => {
    opened.push(asked);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        writer = controller;
        asked.init.signal?.addEventListener('abort', () => controller.error(asked.init.signal?.reason));
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
  };
  return {
    opened,
    step,
    write: (text: string) => writer?.enqueue(encoder.encode(text)),
    end: () => writer?.close(),
  };
}

/** A server whose parts are exchangeable while it runs. */
function site(parts: { meta: Step; live?: Step; query?: Step }) {
  const run = (step: Step | undefined, asked: Asked): Response | Promise<Response> => {
    if (step === undefined) return json(refusal('not-found'), 404);
    if (step instanceof Error) throw step;
    return typeof step === 'function' ? step(asked) : step.clone();
  };
  const { asked, fetch } = localServer((one) => {
    const path = one.url.pathname;
    return run(path === '/v1/meta' ? parts.meta : path === '/v1/live' ? parts.live : parts.query, one);
  });
  const times = (path: string) => asked.filter(({ url }) => url.pathname === `/v1/${path}`).length;
  return { parts, fetch, times };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  const left = vi.getTimerCount();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  if (left > 0) throw new Error(`${left} timers are left behind`);
});

describe('following the data', () => {
  test('by looking every 15 s, of a server that has no events; all who listen are one', async () => {
    const server = site({ meta: meta('a') });
    const client = createClient({ src, fetch: server.fetch });
    const [one, two] = [vi.fn<() => void>(), vi.fn<() => void>()];
    const stops = [one, one, two].map((changed) => client.subscribe('data', changed));
    await vi.advanceTimersByTimeAsync(15_001);
    expect(server.times('meta')).toBe(2);
    expect(one).not.toHaveBeenCalled();
    server.parts.meta = meta('b');
    stops[0]?.();
    await vi.advanceTimersByTimeAsync(15_000);
    expect([one.mock.calls.length, two.mock.calls.length]).toEqual([1, 1]);
    for (const stop of stops) stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([server.times('meta'), server.times('live')]).toEqual([3, 0]);
  });

  test('by events, of a server that has them, with the token of the page', async () => {
    const live = stream();
    const server = site({ meta: meta('a', ['live']), live: live.step });
    const changed = vi.fn<() => void>();
    const client = createClient({ src, fetch: server.fetch, fetchToken: async () => 't' });
    const stop = client.subscribe('data', changed);
    await vi.advanceTimersByTimeAsync(10);
    expect(new Headers(live.opened[0]?.init.headers).get('authorization')).toBe('Bearer t');
    live.write(version('a'));
    await vi.advanceTimersByTimeAsync(10);
    expect(changed).not.toHaveBeenCalled();
    live.write(version('b').slice(0, 20));
    await vi.advanceTimersByTimeAsync(10);
    live.write(version('b').slice(20));
    await vi.advanceTimersByTimeAsync(10);
    expect(changed).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(30_000);
    expect([server.times('meta'), server.times('live')]).toEqual([1, 1]);
    stop();
    await vi.advanceTimersByTimeAsync(10);
    expect(live.opened[0]?.init.signal?.aborted).toBe(true);
  });

  test('a change while the stream is broken is seen afterwards', async () => {
    const live = stream();
    const server = site({ meta: meta('a', ['live']), live: live.step });
    const changed = vi.fn<() => void>();
    const stop = createClient({ src, fetch: server.fetch }).subscribe('data', changed);
    await vi.advanceTimersByTimeAsync(10);
    server.parts.meta = meta('b', ['live']);
    live.end();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(changed).toHaveBeenCalledTimes(1);
    expect(live.opened).toHaveLength(2);
    stop();
  });

  test('a stream that says nothing for 45 s is opened again; what is no stream is not read', async () => {
    const live = stream();
    const server = site({ meta: meta('a', ['live']), live: live.step });
    const stop = createClient({ src, fetch: server.fetch }).subscribe('data', () => undefined);
    for (let i = 0; i < 4; i += 1) {
      await vi.advanceTimersByTimeAsync(40_000);
      live.write(': still here\n\n');
    }
    expect(live.opened).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(50_000);
    expect(live.opened[0]?.init.signal?.aborted).toBe(true);
    expect(live.opened).toHaveLength(2);
    server.parts.live = new Response('<h1>Sign in</h1>', { headers: { 'content-type': 'text/html' } });
    live.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.times('live')).toBeGreaterThan(2);
    expect(server.times('live')).toBeLessThan(8);
    stop();
  });

  test('nobody asks for a page that nobody looks at', async () => {
    vi.stubGlobal('document', { visibilityState: 'hidden' });
    const server = site({ meta: meta('a') });
    const stop = createClient({ src, fetch: server.fetch }).subscribe('data', () => undefined);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.times('meta')).toBe(0);
    stop();
  });
});

describe('watching an answer', () => {
  const shownBy = (client: ReturnType<typeof createClient>) => {
    const shown: Envelope[] = [];
    const stop = client.watch(question, (envelope) => shown.push(envelope));
    return { stop, shown, looks: () => shown.map((one) => [counted(one), ...one.flags.slice(1)]) };
  };

  test('shows what is kept at once, flagged, and then what the server says', async () => {
    const server = site({ meta: meta('a'), query: json(answer(1)) });
    const client = createClient({ src, fetch: server.fetch, freshMs: 5000 });
    await client.query(question);
    await vi.advanceTimersByTimeAsync(6000);
    server.parts.query = json(answer(2));
    const { stop, looks } = shownBy(client);
    expect(looks()).toEqual([[1, 'stale']]);
    await vi.advanceTimersByTimeAsync(10);
    expect(looks()).toEqual([[1, 'stale'], [2]]);
    stop();
    const again = shownBy(client);
    await vi.advanceTimersByTimeAsync(10);
    expect(again.looks()).toEqual([[2]]);
    again.stop();
  });

  test('shows the next when the data changes, and nothing after it is stopped', async () => {
    const server = site({ meta: meta('a'), query: json(answer(1)) });
    const client = createClient({ src, fetch: server.fetch, freshMs: 60_000 });
    const { stop, looks } = shownBy(client);
    await vi.advanceTimersByTimeAsync(10);
    Object.assign(server.parts, { meta: meta('b'), query: json(answer(2)) });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(looks()).toEqual([[1], [2]]);
    Object.assign(server.parts, { meta: meta('c'), query: json(answer(3)) });
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looks()).toHaveLength(2);
  });

  test('goes offline with the server and comes back with it', async () => {
    const server = site({ meta: meta('a'), query: json(answer(1)) });
    const client = createClient({ src, fetch: server.fetch, freshMs: 1000, retries: 0 });
    const { stop, looks } = shownBy(client);
    await vi.advanceTimersByTimeAsync(2000);
    const gone = new TypeError('Failed to fetch');
    Object.assign(server.parts, { meta: gone, query: gone });
    expect(counted(await client.query(question))).toBe(1);
    Object.assign(server.parts, { meta: meta('a'), query: json(answer(2)) });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(looks()).toEqual([[1], [2]]);
    stop();
  });

  test('asks at once when the device is online again', async () => {
    const page = new EventTarget();
    // In a page, the global object is an EventTarget.
    const target = Object.defineProperty(() => undefined, Symbol.hasInstance, {
      value: Object.is.bind(null, globalThis),
    });
    vi.stubGlobal('EventTarget', target);
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
    const gone = new TypeError('Failed to fetch');
    const server = site({ meta: gone, query: gone });
    const { stop, shown, looks } = shownBy(createClient({ src, fetch: server.fetch, retries: 0 }));
    await vi.advanceTimersByTimeAsync(1000);
    expect(shown).toMatchObject([{ status: 'error', code: 'unreachable' }]);
    server.parts.query = json(answer(1));
    page.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(10);
    expect(looks()[1]).toEqual([1]);
    stop();
  });

  test('watches on what is still being computed', async () => {
    const server = site({ meta: meta('a'), query: json({}, 202) });
    const { stop, shown, looks } = shownBy(createClient({ src, fetch: server.fetch, timeoutMs: 3000 }));
    await vi.advanceTimersByTimeAsync(3000);
    expect(shown).toMatchObject([{ status: 'pending' }]);
    server.parts.query = json(answer(1));
    await vi.advanceTimersByTimeAsync(5010);
    expect(looks()[1]).toEqual([1]);
    stop();
  });

  test('asks anew for another person', async () => {
    const server = site({ meta: meta('a'), query: json(answer(1)) });
    const client = createClient({ src, fetch: server.fetch });
    const { stop, looks } = shownBy(client);
    await vi.advanceTimersByTimeAsync(10);
    server.parts.query = json(answer(2));
    client.clear();
    await vi.advanceTimersByTimeAsync(10);
    expect(looks()).toEqual([[1], [2]]);
    stop();
  });
});

describe('server-sent events', () => {
  const inParts = async (text: string, cuts: readonly number[]): Promise<ServerEvent[]> => {
    const bytes = encoder.encode(text);
    const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
    const events: ServerEvent[] = [];
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const [i, edge] of edges.entries()) controller.enqueue(bytes.slice(edges[i - 1] ?? 0, edge));
        controller.close();
      },
    });
    await readEvents(body, (event) => events.push(event));
    return events;
  };

  // The examples of the HTML standard, 9.2.6.
  test.each([
    ['data: YHOO\ndata: +2\ndata: 10\n\n', [{ name: 'message', data: 'YHOO\n+2\n10' }]],
    [
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n',
      [
        { name: 'message', data: 'first event' },
        { name: 'message', data: 'second event' },
      ],
    ],
    [
      'data\n\ndata\ndata\n\ndata:',
      [
        { name: 'message', data: '' },
        { name: 'message', data: '\n' },
      ],
    ],
    [
      'data:test\n\ndata: test\n\n',
      [
        { name: 'message', data: 'test' },
        { name: 'message', data: 'test' },
      ],
    ],
    [
      '\uFEFFevent: add\ndata: 73857293\n\nevent: none\n\ndata: x\n\n',
      [
        { name: 'add', data: '73857293' },
        { name: 'message', data: 'x' },
      ],
    ],
  ])('%j', async (text, events) => {
    expect(await inParts(text, [])).toEqual(events);
    expect(await inParts(text.replaceAll('\n', '\r\n'), [])).toEqual(events);
  });

  test('are the same wherever the network cuts them, and whatever ends a line', async () => {
    const text = fc.string({ unit: 'binary' }).map((one) => one.replaceAll(/[\r\n]/g, '').trim());
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            name: fc.constantFrom('data', 'message'),
            lines: fc.array(text, { minLength: 1, maxLength: 3 }),
          }),
        ),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(500), { maxLength: 6 }),
        async (events, end, cuts) => {
          const wire = events
            .map(({ name, lines }) => [`event: ${name}`, ...lines.map((line) => `data: ${line}`), '', ''].join(end))
            .join('');
          // A lone CR at the very end is the start of a CRLF that never came.
          const sent = end === '\r' ? `${wire}: end` : wire;
          expect(await inParts(sent, cuts)).toEqual(
            events.map(({ name, lines }) => ({ name, data: lines.join('\n') })),
          );
        },
      ),
    );
  });
});

import type { LiveEvent } from '@sama/metrics/contracts';
import { Hono } from 'hono';
import { allows } from '../sign-in/grant.ts';
import type { Signed } from '../sign-in/signed.ts';
import { type Desk, groundFor } from './answer.ts';
import type { SignedEnv } from './enter.ts';
import { httpStatus, refusal } from './refusal.ts';

/** Streams held open at a time; readers beyond look at `/v1/meta` instead. */
export const MOST_STREAMS = 1_000;
/** Of which one reader with a token may hold so many, so that nobody takes them all. */
export const MOST_OF_ONE = 20;
const LOOK_MS = 1_000;
/** When the server stops, its readers come back after so long. */
const COME_BACK_MS = 2_000;
/** A stream without news says so this often, so that a broken one is noticed. */
const STILL_HERE_MS = 15_000;
/** Who has read nothing for so long is let go, and hears all when they come back. */
const MOST_BEHIND_MS = 60_000;
/** Bytes that may wait for one reader. */
const MOST_WAITING = 4_096;

type Versioned = Pick<Desk, 'engine' | 'dataVersion' | 'asOf' | 'settled' | 'ledger' | 'observer'>;

/** One stream that is open. */
interface Stream {
  controller: ReadableStreamDefaultController<Uint8Array>;
  signed: Signed;
  /** The id of the last event it was sent. */
  told: string | undefined;
  quietMs: number;
  behindMs: number;
}

const encoder = new TextEncoder();
const bytes = (text: string): Uint8Array => encoder.encode(text);
const STILL_HERE = bytes(': still here\n\n');

const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache',
  // Proxies that gather a response before they pass it on would keep the news.
  'X-Accel-Buffering': 'no',
};

/**
 * `GET /live`: server-sent events that name the data and the ledger, at once and whenever one is another. An event says
 * all there is to know, so a reader who is slow misses some and is told the last; one who comes back with
 * `Last-Event-ID` is told nothing until there is something new. Streams end within a second of `closing`, and of the
 * reader's rights.
 */
export function liveRoutes(desk: Versioned, closing?: AbortSignal, most = MOST_STREAMS): Hono<SignedEnv> {
  const app = new Hono<SignedEnv>();
  const streams = new Set<Stream>();
  const look = lookAt(streams, desk, closing);
  let timer: NodeJS.Timeout | undefined;
  const counted = (): void => {
    desk.observer?.streams(streams.size);
    if (streams.size > 0) return void (timer ??= setInterval(look, LOOK_MS));
    clearInterval(timer);
    timer = undefined;
  };
  const leave = (stream: Stream): void => {
    if (streams.delete(stream)) counted();
  };
  app.get('/live', (c) => {
    c.header('Cache-Control', 'no-store');
    const signed = c.get('signed');
    if (streams.size >= most) {
      c.header('Retry-After', '60');
      const message = `${most} readers are listening. Look at /v1/meta for dataVersion instead.`;
      return c.json(refusal('unavailable', message), httpStatus('unavailable'));
    }
    const own = [...streams].filter((stream) => isOfOne(stream.signed, signed)).length;
    if (own >= MOST_OF_ONE) {
      c.header('Retry-After', '60');
      const message = `You are listening ${own} times. Close some, or look at /v1/meta for dataVersion instead.`;
      return c.json(refusal('rate-limited', message), httpStatus('rate-limited'));
    }
    // Nobody reads the body of a HEAD, or lets go of it: it would keep a place for hours.
    if (c.req.method === 'HEAD') return c.body(null, 200, STREAM_HEADERS);
    let stream: Stream | undefined;
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          const told = c.req.header('last-event-id');
          stream = { controller, signed, told, quietMs: STILL_HERE_MS, behindMs: 0 };
          streams.add(stream);
          counted();
          look([stream]);
        },
        cancel: () => {
          if (stream !== undefined) leave(stream);
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: MOST_WAITING }),
    );
    return c.body(body, 200, STREAM_HEADERS);
  });
  return app;

  /** A look at these streams, or at all. */
  function lookAt(all: ReadonlySet<Stream>, followed: Versioned, over?: AbortSignal) {
    return (some: Iterable<Stream> = [...all]): void => {
      // What is said is the same for all who may hear of the ledger, and for all others.
      const said = new Map<string, Uint8Array>();
      for (const stream of some) {
        const { controller, signed } = stream;
        if (over?.aborted === true) end(stream, `retry: ${COME_BACK_MS}\n\n`);
        else if (!signed.holds()) end(stream);
        else if ((controller.desiredSize ?? 0) <= 0) {
          stream.behindMs += LOOK_MS;
          if (stream.behindMs > MOST_BEHIND_MS) end(stream);
        } else {
          stream.behindMs = 0;
          tell(stream, followed, said);
        }
      }
    };
  }

  function end(stream: Stream, last = ''): void {
    leave(stream);
    // Whoever listens by EventSource comes back then.
    if (last !== '') stream.controller.enqueue(bytes(last));
    stream.controller.close();
  }
}

function tell(stream: Stream, desk: Versioned, said: Map<string, Uint8Array>): void {
  const event: LiveEvent = { v: 1, ...versionsOf(desk, stream.signed) };
  const id = [event.dataVersion, event.ledgerVersion].filter((one) => one !== undefined).join('-');
  if (id !== stream.told) {
    const text = said.get(id) ?? bytes(`event: data\ndata: ${JSON.stringify(event)}\nid: ${id}\n\n`);
    said.set(id, text);
    stream.controller.enqueue(text);
    stream.told = id;
    stream.quietMs = 0;
  } else if (stream.quietMs >= STILL_HERE_MS) {
    stream.controller.enqueue(STILL_HERE);
    stream.quietMs = 0;
  }
  stream.quietMs += LOOK_MS;
}

/** Whether both are one reader, told apart by the key and by whom it names; without sign-in there is only one. */
const isOfOne = (a: Signed, b: Signed): boolean => b.key !== undefined && a.key === b.key && a.subject === b.subject;

/** What names the data, and the ledger for whom it is open: its version counts what single persons did. */
export function versionsOf(desk: Versioned, { scopes, suppress }: Signed) {
  const { ledger } = desk;
  const reads = suppress === 0 && (allows(scopes, 'handoffs') || allows(scopes, 'glossary'));
  return {
    dataVersion: groundFor(desk, { suppress }).dataVersion(),
    ...(ledger === undefined || !reads ? {} : { ledgerVersion: String(ledger.version()) }),
  };
}

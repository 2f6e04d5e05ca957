import { pause } from './abort.ts';
import { readEvents } from './events.ts';
import { jsonOf } from './exchange.ts';
import { comparing, EVERY_MS, isHidden } from './live.ts';
import { isObject } from './shape.ts';
import type { Reply } from './shared.ts';

/** Nothing for so long, and the stream is given up: a server writes at least a comment every 15 s. */
const SILENCE_MS = 45_000;
/** A stream that lasted so long is opened again soon. */
const STEADY_MS = 60_000;
const AGAIN_MS = 2_000;

/** How a server is followed. */
export interface Following {
  meta(signal: AbortSignal): Promise<Reply>;
  /** Opens the server-sent events. */
  open(signal: AbortSignal): Promise<Response>;
  /** The server has answered. */
  alive(): void;
  /** Its data or its ledger is another. */
  changed(): void;
}

/**
 * Looks at the server's `dataVersion` every 15 s while the page is visible; of a server with the
 * capability `live` it reads server-sent events as long as they come, and looks again between.
 * Returns the way to stop.
 */
export function follow({ meta, open, alive, changed }: Following): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const see = comparing(changed);
  const run = async (): Promise<void> => {
    for (;;) {
      const began = Date.now();
      const { status, body } = isHidden() ? { status: 0 } : await meta(signal);
      if (status === 200) {
        alive();
        see(body);
        if (offersLive(body)) await listen(open, see, signal);
      }
      const wait = Date.now() - began > STEADY_MS ? AGAIN_MS : EVERY_MS;
      await pause(wait * (1 - Math.random() / 4), signal);
    }
  };
  // It ends only by being stopped.
  run().catch(() => undefined);
  return () => controller.abort();
}

const offersLive = (body: unknown): boolean =>
  isObject(body) && Array.isArray(body['capabilities']) && body['capabilities'].includes('live');

/** Reads one stream to its end, whatever ends it. Rejects only when `signal` is aborted. */
async function listen(open: Following['open'], see: (body: unknown) => void, signal: AbortSignal): Promise<void> {
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  try {
    heard();
    const either = AbortSignal.any([signal, silence.signal]);
    const response = await open(either);
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok || response.body === null || !type.startsWith('text/event-stream')) return;
    await readEvents(response.body, ({ name, data }) => name === 'data' && see(jsonOf(data)), heard, either);
  } catch {
    signal.throwIfAborted();
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

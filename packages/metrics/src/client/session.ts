import type { Envelope, Question, QueryOptions } from '../contracts/index.ts';
import { asker, readerOf } from './asker.ts';
import { batching } from './batch.ts';
import type { ClientOptions } from './client-options.ts';
import { envelopeOf } from './envelope-of.ts';
import { type Kept, keeper, shown } from './kept.ts';
import { isOffline } from './page-state.ts';
import { readHead } from './read-head.ts';
import { sameText } from './same-text.ts';
import { type Reply, shareReply } from './shared.ts';

/** The most answers that are kept. */
const MOST = 100;
const HEALS: ReadonlySet<unknown> = new Set(['unreachable', 'timeout', 'unavailable', 'rate-limited']);

/** What one person asks of one server, and the good answers to it. */
export interface Session {
  ask: ReturnType<typeof asker>;
  answer(question: Question, options: QueryOptions): Promise<Envelope>;
  /** The last good answer as it is shown now, unless it is fresh. */
  old(question: Question): Envelope | undefined;
  /** Lets no answer pass for fresh. */
  expire(): void;
}

/**
 * Begins to ask the server at `address` for a person; sessions of another number share nothing.
 * `troubled` is called when something cannot be had that may heal.
 */
export function beginSession(address: string, options: ClientOptions, person: number, troubled: () => void): Session {
  const { freshMs = 10_000, retries = 3, timeoutMs = 30_000, read = readHead } = options;
  const { host } = new URL(address);
  const reader = readerOf(options) + (person || '');
  const ask = asker(options, reader);
  // A device without network is believed, but asked once: the server may be on it.
  const send = batching(address, ask, () => (isOffline() ? 0 : retries));
  const kept = keeper(MOST);
  /** Until when the server asked to be left alone, and how. */
  let closed: { until: number; reply: Reply } | undefined;

  /** What a reply is worth: itself, or the last good answer. */
  const take = (key: string, reply: Reply): Envelope => {
    const envelope = envelopeOf(reply, host, () => read(reply.body));
    const triedAt = Date.now();
    if (envelope.status === 'ok' || envelope.status === 'empty') {
      kept.keep(key, { envelope, tag: reply.tag, triedAt, trouble: undefined });
      return envelope;
    }
    if (envelope.status === 'denied') kept.drop(key);
    if (!HEALS.has(envelope.code)) return envelope;
    troubled();
    const last = kept.get(key);
    if (last === undefined) return envelope;
    const now: Kept = { ...last, triedAt, trouble: envelope };
    kept.keep(key, now);
    return shown(now, freshMs);
  };

  return {
    ask,
    expire: kept.expire,
    async answer(question, { signal, fresh = false }) {
      const key = sameText(question);
      const last = kept.get(key);
      if (last !== undefined && !fresh && Date.now() - last.triedAt < freshMs) return shown(last, freshMs);
      if (closed !== undefined && Date.now() < closed.until) return take(key, closed.reply);
      const held = last?.tag === undefined ? undefined : { tag: last.tag, envelope: last.envelope };
      const flight = JSON.stringify([reader, address, key, fresh, timeoutMs]);
      const until = Date.now() + timeoutMs;
      const reply = await shareReply(flight, (stop) => send({ question, fresh, held, until, signal: stop }), signal);
      const { status, again } = reply;
      if (again !== undefined && (status === 429 || status === 503)) closed = { until: Date.now() + again, reply };
      return take(key, reply);
    },
    old(question) {
      const last = kept.get(sameText(question));
      const now = last === undefined ? undefined : shown(last, freshMs);
      return now === last?.envelope ? undefined : now;
    },
  };
}

import type { DataSource, Envelope, Question, QueryOptions } from '../contracts/index.ts';
import { addressOf, noAddress } from './address.ts';
import { asker, readerOf } from './asker.ts';
import { batching } from './batch.ts';
import { envelopeOf } from './envelope-of.ts';
import type { HttpSourceOptions } from './http-options.ts';
import { watchData } from './live.ts';
import { readOnly } from './read-only.ts';
import { sameText } from './same-text.ts';
import { shareReply } from './shared.ts';

/** What a reader takes: where to ask, and who looks at what comes back. @beta */
export interface ReaderOptions extends HttpSourceOptions {
  /** Reads an envelope that crossed the wire, such as `readKpis` or `readEnvelope`; a promise of it is awaited. */
  read: (value: unknown) => Envelope | Promise<Envelope>;
}

/** One for all who read the same address with the same rights, so that their questions travel together. */
const batches = new Map<string, ReturnType<typeof batching>>();

/**
 * A `DataSource` over HTTP for those who only read, and of whom a page has many: questions that readers of one server
 * ask within one microtask travel as one request, equal ones are one. Rejects only when its signal is aborted.
 * @beta
 */
export function createReader({ read, ...options }: ReaderOptions): DataSource {
  const { src, timeoutMs = 30_000 } = options;
  const address = addressOf(src);
  const ask = asker(options);
  return {
    async query(question: Question, { signal, fresh = false }: QueryOptions = {}): Promise<Envelope> {
      signal?.throwIfAborted();
      if (address === null) return noAddress(src);
      const reader = JSON.stringify([readerOf(options), address, timeoutMs]);
      const send = batches.get(reader) ?? batching(address, ask, () => 1);
      batches.set(reader, send);
      const reply = await shareReply(
        reader + sameText(question) + fresh,
        (stop) => send({ question, fresh, held: undefined, until: Date.now() + timeoutMs, signal: stop }),
        signal,
      );
      const envelope = await read(reply.body);
      return envelopeOf(reply, new URL(address).host, () => envelope);
    },

    command: readOnly,

    subscribe(topic: string, changed: () => void): () => void {
      if (topic !== 'data' || address === null) return () => undefined;
      return watchData((signal) => ask(`${address}/v1/meta`, { signal }), changed);
    },
  };
}

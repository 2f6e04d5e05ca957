import type { DataSource, Envelope, Question, QueryOptions } from '../contracts/index.ts';
import { addressOf, noAddress } from './address.ts';
import { asker } from './asker.ts';
import { envelopeOf } from './envelope-of.ts';
import type { HttpSourceOptions } from './http-options.ts';
import { watchData } from './live.ts';
import { readEnvelope } from './read-envelope.ts';
import { readOnly } from './read-only.ts';
import { answerAt, batchBody, queryPart } from './request.ts';
import { isOutcome, sendCommand } from './send-command.ts';
import { isObject } from './shape.ts';

/**
 * A `DataSource` over HTTP. Identical questions asked at the same time share one request, also
 * between copies of this module. `query` rejects only when its signal is aborted; everything else
 * is an envelope with a code. Throws nothing: an address that is none is told with the answer.
 * @public
 */
export function createHttpSource(options: HttpSourceOptions): DataSource {
  return { ...createHttpReader(options), command: (command) => sendCommand(command, options, isOutcome) };
}

/** The same for those who only read: commands are refused, and their code stays out of a page. @public */
export function createHttpReader(options: HttpSourceOptions): DataSource {
  const { src } = options;
  const address = addressOf(src);
  const ask = asker(options);
  return {
    async query(question: Question, { signal, fresh = false }: QueryOptions = {}): Promise<Envelope> {
      signal?.throwIfAborted();
      if (address === null) return noAddress(src);
      const q = queryPart(question);
      const body = q === '' ? batchBody([question]) : undefined;
      const reply = await ask(`${address}/v1/query${q}`, { body, fresh, signal });
      const only = answerAt(reply.body, 0);
      const read = () => readEnvelope(isObject(only) ? only['envelope'] : reply.body);
      return envelopeOf(reply, new URL(address).host, read);
    },

    command: readOnly,

    subscribe(topic: string, changed: () => void): () => void {
      if (topic !== 'data' || address === null) return () => undefined;
      return watchData((signal) => ask(`${address}/v1/meta`, { signal }), changed);
    },
  };
}

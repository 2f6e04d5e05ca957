import type { DataSource, Envelope, Question, QueryOptions } from '../contracts/index.ts';
import { addressOf, noAddress } from './address.ts';
import { asker } from './asker.ts';
import { envelopeOf } from './envelope-of.ts';
import type { HttpSourceOptions } from './http-options.ts';
import { readOnly } from './read-only.ts';
import { answerAt, batchBody, queryPart } from './request.ts';
import { hasOutcome, sendCommand } from './send-command.ts';
import { isObject } from './shape.ts';

/** A source over HTTP that gives no commands and hears of no changes; what comes back is read by `read`. */
export function httpReader(options: HttpSourceOptions, read: (value: unknown) => Envelope): DataSource {
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
      return envelopeOf(reply, new URL(address).host, () => read(isObject(only) ? only['envelope'] : reply.body));
    },

    command: readOnly,

    subscribe: () => () => undefined,
  };
}

/**
 * A `DataSource` over HTTP for one kind of answer, which `read` reads, such as `readGlossary`: without the shapes of
 * the others, and without word of changes, which `createClient` has.
 * @public
 */
export function httpSource(options: HttpSourceOptions, read: (value: unknown) => Envelope): DataSource {
  return { ...httpReader(options, read), command: (command) => sendCommand(command, options, hasOutcome) };
}

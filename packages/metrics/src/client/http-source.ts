import type { DataSource, Envelope, Question, QueryOptions } from '../contracts/index.ts';
import { addressOf, base64url } from './address.ts';
import { exchange } from './exchange.ts';
import type { HttpSourceOptions } from './http-options.ts';
import { identityOf } from './identity.ts';
import { watchData } from './live.ts';
import { codeOfStatus, problem } from './problem.ts';
import { readEnvelope } from './read-envelope.ts';
import { sendCommand } from './send-command.ts';
import { isObject } from './shape.ts';
import { type Reply, shareReply } from './shared.ts';

/** The longest `q` of a GET, in characters of base64url. */
const LONGEST_QUERY = 2048;
/** Of the wire. Written out, so that the schemas stay out of a page. */
const V = 1;

/**
 * A `DataSource` over HTTP. Identical questions asked at the same time share one request, also
 * between copies of this module. `query` rejects only when its signal is aborted; everything else
 * is an envelope with a code. Throws nothing: an address that is none is told with the answer.
 */
export function createHttpSource(options: HttpSourceOptions): DataSource {
  return { ...createHttpReader(options), command: (command) => sendCommand(command, options) };
}

/** The same for those who only read: commands are refused, and their code stays out of a page. */
export function createHttpReader(options: HttpSourceOptions): DataSource {
  const { src, fetchToken, timeoutMs = 30_000 } = options;
  const address = addressOf(src);
  const wrong = `src: ${src} is not an http(s) address; write one such as https://metrics.example.com`;
  // Read late, so that a page may still replace its fetch.
  const fetch: typeof globalThis.fetch = (...args) => (options.fetch ?? globalThis.fetch)(...args);
  const reader = identityOf(fetchToken) + identityOf(options.fetch);

  function ask(path: string, body: string | undefined, fresh: boolean, signal?: AbortSignal): Promise<Reply> {
    const request = { url: `${address}${path}`, body, fresh, timeoutMs, fetch, fetchToken };
    const key = JSON.stringify([reader, request.url, body ?? null, fresh, timeoutMs]);
    return shareReply(key, (stop) => exchange(request, stop), signal);
  }

  return {
    async query(question: Question, { signal, fresh = false }: QueryOptions = {}): Promise<Envelope> {
      signal?.throwIfAborted();
      if (address === null) return problem('unreachable', wrong);
      const q = base64url(JSON.stringify(question));
      // A filter may hold personal values, and an address is written to logs.
      const hidden = question.filter !== undefined || q.length > LONGEST_QUERY;
      const body = hidden ? JSON.stringify({ v: V, questions: [question] }) : undefined;
      const reply = await ask(hidden ? '/v1/query' : `/v1/query?q=${q}`, body, fresh, signal);
      return envelopeOf(reply, new URL(address).host, timeoutMs);
    },

    command: async () => ({ status: 'refused', message: 'This source is only read.' }),

    subscribe(topic: string, changed: () => void): () => void {
      if (topic !== 'data' || address === null) return () => undefined;
      return watchData((signal) => ask('/v1/meta', undefined, false, signal), changed);
    },
  };
}

function envelopeOf({ status, body, failure, detail }: Reply, host: string, timeoutMs: number): Envelope {
  if (failure === 'timeout') return problem('timeout', `${host} did not answer within ${timeoutMs / 1000} s`);
  if (failure === 'unreachable')
    return problem('unreachable', `${host} cannot be reached: ${detail ?? 'no connection'}`);
  if (failure === 'unauthenticated') return problem('unauthenticated', detail ?? 'no token');
  if (status === 202) return { v: V, status: 'pending', flags: [], warnings: [] };
  const envelope = readEnvelope(onlyAnswer(body) ?? body);
  const answered = status >= 200 && status < 300;
  const refused = envelope.status === 'denied' || envelope.status === 'error';
  if (answered || (refused && envelope.code !== 'invalid-answer')) return envelope;
  return problem(codeOfStatus(status), `${host} answered ${status}`);
}

/** The envelope in the answer to a batch of one. */
function onlyAnswer(body: unknown): unknown {
  const answers: unknown = isObject(body) ? body['answers'] : undefined;
  const answer: unknown = Array.isArray(answers) ? answers[0] : undefined;
  return isObject(answer) ? answer['envelope'] : undefined;
}

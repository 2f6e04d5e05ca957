import type { DataSource, Envelope, Question, QueryOptions } from '../contracts/index.ts';
import { problem } from '../problem.ts';
import { addressOf, base64url } from './address.ts';
import { asker } from './asker.ts';
import { codeOfStatus } from './code-of-status.ts';
import type { HttpSourceOptions } from './http-options.ts';
import { watchData } from './live.ts';
import { readEnvelope } from './read-envelope.ts';
import { sendCommand } from './send-command.ts';
import { isObject } from './shape.ts';
import { noReply, type Reply } from './shared.ts';

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
  const { src } = options;
  const address = addressOf(src);
  const ask = asker(options);
  return {
    async query(question: Question, { signal, fresh }: QueryOptions = {}): Promise<Envelope> {
      signal?.throwIfAborted();
      if (address === null) {
        const remedy = 'write one such as https://metrics.example.com';
        return problem('unreachable', `src: ${src} is not an http(s) address; ${remedy}`);
      }
      const q = base64url(JSON.stringify(question));
      // A filter may hold personal values, and an address is written to logs.
      const hidden = question.filter !== undefined || q.length > LONGEST_QUERY;
      const body = hidden ? JSON.stringify({ v: V, questions: [question] }) : undefined;
      const reply = await ask(`${address}/v1/query${hidden ? '' : `?q=${q}`}`, { body, fresh, signal });
      return envelopeOf(reply, new URL(address).host);
    },

    command: async () => ({ status: 'refused', message: 'This source is only read.' }),

    subscribe(topic: string, changed: () => void): () => void {
      if (topic !== 'data' || address === null) return () => undefined;
      return watchData((signal) => ask(`${address}/v1/meta`, { signal }), changed);
    },
  };
}

function envelopeOf(reply: Reply, host: string): Envelope {
  const { status, body } = reply;
  if (status === 0) return noReply(reply, host);
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

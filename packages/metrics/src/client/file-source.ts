import type { DataSource, Question, QueryOptions } from '../contracts/index.ts';
import { exchange } from './exchange.ts';
import { addressOf } from './address.ts';
import { codeOfStatus, problem } from './problem.ts';
import { readSupplied } from './read-envelope.ts';
import { shareReply } from './shared.ts';
import { identityOf } from './identity.ts';

export interface FileSourceOptions {
  /** The title of plain rows. */
  label?: string | undefined;
  /** Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds. Default: 30 000. */
  timeoutMs?: number | undefined;
}

/**
 * A `DataSource` over one JSON file: an envelope, or plain rows `[{ stage, count }]`. The file
 * answers every question alike; of a question only `view` is heard, by plain rows.
 */
export function createFileSource(url: string, options: FileSourceOptions = {}): DataSource {
  const { label, timeoutMs = 30_000 } = options;
  const address = addressOf(url);
  const fetch: typeof globalThis.fetch = (...args) => (options.fetch ?? globalThis.fetch)(...args);
  return {
    async query(question: Question, { signal, fresh = false }: QueryOptions = {}) {
      signal?.throwIfAborted();
      if (address === null) return problem('unreachable', `src: ${url} is not an http(s) address`);
      const request = { url: address, body: undefined, fresh, timeoutMs, fetch, fetchToken: undefined };
      const key = JSON.stringify([identityOf(options.fetch), address, fresh, timeoutMs]);
      const { status, body, failure, detail } = await shareReply(key, (stop) => exchange(request, stop), signal);
      const host = new URL(address).host;
      if (failure === 'timeout') return problem('timeout', `${host} did not answer within ${timeoutMs / 1000} s`);
      if (failure !== undefined) return problem('unreachable', `${url} cannot be read: ${detail ?? 'no connection'}`);
      if (status < 200 || status >= 300) return problem(codeOfStatus(status), `${url}: the server answered ${status}`);
      const view = question.kind === 'funnel' ? question.view : undefined;
      return readSupplied(body, { ...(view === undefined ? {} : { view }), ...(label === undefined ? {} : { label }) });
    },
    async command() {
      return { status: 'refused', message: 'A file keeps no ledger.' };
    },
    subscribe: () => () => undefined,
  };
}

import type { DataSource, Envelope, Question, QueryOptions } from '../contracts/index.ts';
import { problem } from '../problem.ts';
import { addressOf, noAddress } from './address.ts';
import { asker } from './asker.ts';
import { codeOfStatus } from './code-of-status.ts';
import { readSupplied } from './read-envelope.ts';
import { readOnly } from './read-only.ts';
import { noReply } from './shared.ts';

/** What `createFileSource` takes beside the address of the file. @public */
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
 * @public
 */
export function createFileSource(url: string, options: FileSourceOptions = {}): DataSource {
  const { label, ...asking } = options;
  return fileSource(url, asking, (body, question) =>
    readSupplied(body, { view: question.kind === 'funnel' ? question.view : undefined, label }),
  );
}

/**
 * The same for a file of another kind, which `read` reads.
 * @public
 */
export function fileSource(
  url: string,
  options: Omit<FileSourceOptions, 'label'>,
  read: (body: unknown, question: Question) => Envelope,
): DataSource {
  const address = addressOf(url);
  const ask = asker(options);
  return {
    async query(question: Question, { signal, fresh }: QueryOptions = {}) {
      signal?.throwIfAborted();
      if (address === null) return noAddress(url);
      const reply = await ask(address, { fresh, signal });
      const { status, body } = reply;
      if (status === 0) return noReply(reply, url);
      if (status < 200 || status >= 300) return problem(codeOfStatus(status), `${url}: the server answered ${status}`);
      if (body === undefined) return problem('invalid-answer', `${url} is not JSON`);
      return read(body, question);
    },
    command: readOnly,
    subscribe: () => () => undefined,
  };
}

import type { DataSource } from '../contracts/index.ts';
import { addressOf } from './address.ts';
import { asker } from './asker.ts';
import type { HttpSourceOptions } from './http-options.ts';
import { httpReader } from './http-reader.ts';
import { watchData } from './live.ts';
import { readEnvelope } from './read-envelope.ts';
import { isOutcome, sendCommand } from './send-command.ts';

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
  const address = addressOf(options.src);
  const ask = asker(options);
  return {
    ...httpReader(options, readEnvelope),
    subscribe(topic: string, changed: () => void): () => void {
      if (topic !== 'data' || address === null) return () => undefined;
      return watchData((signal) => ask(`${address}/v1/meta`, { signal }), changed);
    },
  };
}

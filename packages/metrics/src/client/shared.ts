import type { Envelope } from '../contracts/index.ts';
import { unlessAborted } from './abort.ts';
import { pageMap } from './page-map.ts';
import { problem } from '../problem.ts';

/** What came back, before it is read: plain data, so that copies of different versions can share it. */
export interface Reply {
  /** HTTP status; 0 when nothing came back. */
  status: number;
  body?: unknown;
  /** Milliseconds the server asks to wait. */
  again?: number | undefined;
  /** The hash that names an answer of a batch, when it may be kept. */
  tag?: string | undefined;
  /** Why nothing came back. */
  failure?: 'timeout' | 'unreachable' | 'unauthenticated';
  /** Said of it: after the name of the server, unless the page itself has no token. */
  detail?: string;
}

/** Why nothing came back, as an envelope. */
export function noReply({ failure = 'unreachable', detail = '' }: Reply, server: string): Envelope {
  return problem(failure, failure === 'unauthenticated' ? detail : `${server} ${detail}`);
}

/** Work that several readers on one page wait for. */
interface Flight {
  promise: Promise<Reply>;
  readers: number;
  stop(): void;
}

/** One registry for a page, whatever the number of copies of this module on it. */
const registry = (): Map<string, Flight> => pageMap('sama.client.v1');

/**
 * Joins the work of this key when it is under way, else begins it. The work is stopped when the
 * last reader has left. Rejects only with the reader's own abort reason.
 */
export function shareReply(
  key: string,
  begin: (signal: AbortSignal) => Promise<Reply>,
  signal?: AbortSignal,
): Promise<Reply> {
  const flights = registry();
  const flight = flights.get(key) ?? launch(flights, key, begin);
  flight.readers += 1;
  return unlessAborted(flight.promise, signal, () => {
    flight.readers -= 1;
    if (flight.readers === 0) flight.stop();
  });
}

function launch(flights: Map<string, Flight>, key: string, begin: (signal: AbortSignal) => Promise<Reply>): Flight {
  const controller = new AbortController();
  const forget = () => {
    if (flights.get(key) === flight) flights.delete(key);
  };
  const promise = begin(controller.signal).finally(forget);
  const flight: Flight = {
    promise,
    readers: 0,
    stop: () => {
      forget();
      controller.abort();
    },
  };
  flights.set(key, flight);
  return flight;
}

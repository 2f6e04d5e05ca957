import { exchange } from './exchange.ts';
import type { HttpSourceOptions } from './http-options.ts';
import { identityOf } from './identity.ts';
import { type Reply, shareReply } from './shared.ts';

/** How one address is asked. */
interface Asking {
  body?: string | undefined;
  fresh?: boolean | undefined;
  signal?: AbortSignal | undefined;
  /** Default: that of the options. */
  timeoutMs?: number;
  /** Default: 1. */
  retries?: number;
}

/** Who reads with these options: the same name, the same rights. */
export function readerOf({ fetchToken, fetch }: Omit<HttpSourceOptions, 'src'>): string {
  return identityOf(fetchToken) + identityOf(fetch);
}

/**
 * A way to ask addresses with these options. The same asked at the same time, by readers with the
 * same rights, is one request.
 */
export function asker(
  options: Omit<HttpSourceOptions, 'src'>,
  reader = readerOf(options),
): (url: string, asking: Asking) => Promise<Reply> {
  const { fetchToken, timeoutMs = 30_000 } = options;
  // Read late, so that a page may still replace its fetch.
  const fetch: typeof globalThis.fetch = (...args) => (options.fetch ?? globalThis.fetch)(...args);
  return (url, { signal, ...asking }) => {
    const ask = { url, timeoutMs, retries: 1, ...asking };
    return shareReply(JSON.stringify([reader, ask]), (stop) => exchange({ ...ask, fetch, fetchToken }, stop), signal);
  };
}

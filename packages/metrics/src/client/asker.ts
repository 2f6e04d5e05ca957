import { exchange } from './exchange.ts';
import type { HttpSourceOptions } from './http-options.ts';
import { identityOf } from './identity.ts';
import { type Reply, shareReply } from './shared.ts';

/** How one address is asked. */
interface Asking {
  body?: string | undefined;
  fresh?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * A way to ask addresses with these options. The same asked at the same time, by readers with the
 * same rights, is one request.
 */
export function asker(options: Omit<HttpSourceOptions, 'src'>): (url: string, asking: Asking) => Promise<Reply> {
  const { fetchToken, timeoutMs = 30_000 } = options;
  // Read late, so that a page may still replace its fetch.
  const fetch: typeof globalThis.fetch = (...args) => (options.fetch ?? globalThis.fetch)(...args);
  const reader = identityOf(fetchToken) + identityOf(options.fetch);
  return (url, { body, fresh = false, signal }) => {
    const key = JSON.stringify([reader, url, body ?? null, fresh, timeoutMs]);
    return shareReply(key, (stop) => exchange({ url, body, fresh, timeoutMs, fetch, fetchToken }, stop), signal);
  };
}

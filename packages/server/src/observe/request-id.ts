import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** The id of the request that is being answered, wherever it is asked for. */
export const requestScope = new AsyncLocalStorage<string>();

/** The id a proxy gave a request, when it is one that harms no log; else a new one. */
export function requestIdOf(given: string | undefined): string {
  return given !== undefined && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
}

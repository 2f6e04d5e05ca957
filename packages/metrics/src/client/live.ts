import { isObject } from './shape.ts';
import type { Reply } from './shared.ts';

export const EVERY_MS = 15_000;

/**
 * Asks for the server's `dataVersion` every 15 s while the page is visible and calls `changed`
 * when it differs. A server that does not tell is asked again, in vain. Returns the way to stop.
 */
export function watchData(meta: (signal: AbortSignal) => Promise<Reply>, changed: () => void): () => void {
  const controller = new AbortController();
  const see = comparing(changed);
  const look = async () => {
    if (isHidden()) return;
    const reply = await meta(controller.signal).catch(() => undefined);
    if (!controller.signal.aborted) see(reply?.body);
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  void look();
  return () => {
    clearInterval(timer);
    controller.abort();
  };
}

/** Calls `changed` when what it sees names other data or another ledger than before; the first is none. */
export function comparing(changed: () => void): (body: unknown) => void {
  const last: Record<string, string> = {};
  return (body) => {
    for (const version of ['dataVersion', 'ledgerVersion']) {
      const seen = isObject(body) ? body[version] : undefined;
      if (typeof seen !== 'string' || seen === (last[version] ??= seen)) continue;
      last[version] = seen;
      changed();
    }
  };
}

/** Whether nobody looks at the page. */
export function isHidden(): boolean {
  const page: unknown = Reflect.get(globalThis, 'document');
  return isObject(page) && page['visibilityState'] === 'hidden';
}

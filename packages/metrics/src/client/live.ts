import { isObject } from './shape.ts';
import type { Reply } from './shared.ts';

const EVERY_MS = 15_000;

/**
 * Asks for the server's `dataVersion` every 15 s while the page is visible and calls `changed`
 * when it differs. A server that does not tell is asked again, in vain. Returns the way to stop.
 */
export function watchData(meta: (signal: AbortSignal) => Promise<Reply>, changed: () => void): () => void {
  const controller = new AbortController();
  let last: string | undefined;
  const look = async () => {
    if (isHidden()) return;
    const reply = await meta(controller.signal).catch(() => undefined);
    const seen = isObject(reply?.body) ? reply.body['dataVersion'] : undefined;
    if (controller.signal.aborted || reply?.status !== 200 || typeof seen !== 'string') return;
    const before = last;
    last = seen;
    if (before !== undefined && before !== last) changed();
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  void look();
  return () => {
    clearInterval(timer);
    controller.abort();
  };
}

function isHidden(): boolean {
  const page: unknown = Reflect.get(globalThis, 'document');
  return isObject(page) && page['visibilityState'] === 'hidden';
}

import { createFileSource, createHttpReader } from '@sama/metrics/client';
import type { DataSource } from '@sama/metrics/contracts';

/** What an element may be given to draw, in the order in which one wins. */
export interface Inputs {
  data: unknown;
  src: string | null | undefined;
  source: DataSource | null | undefined;
  fetchToken: (() => Promise<string>) | null | undefined;
}

/** Whether this address is a file, not a server. */
export function isFile(src: string): boolean {
  return /\.json$/i.test(src.replace(/[?#].*$/, ''));
}

/** The host of an address, for messages; empty for a path. */
export function hostOf(src: string | null | undefined): string {
  return /^https?:\/\/([^/?#]+)/i.exec(src ?? '')?.[1] ?? '';
}

/** The source that `source` or `src` names. */
export function sourceOf({ source, src, fetchToken }: Inputs): DataSource | undefined {
  if (source !== null && source !== undefined) return source;
  if (src === null || src === undefined || src === '') return undefined;
  return isFile(src) ? createFileSource(src) : createHttpReader({ src, fetchToken: fetchToken ?? undefined });
}

/** The key under which a provider offers its source, by the context protocol of the web components community. */
const CONTEXT = Symbol.for('sama.source.v1');

/** Asks the ancestors of an element for a source; `offer` may be called again when it changes. */
export function requestSource(element: HTMLElement, offer: (source: unknown, stop?: () => void) => void): void {
  const event = new Event('context-request', { bubbles: true, composed: true });
  element.dispatchEvent(
    Object.assign(event, { context: CONTEXT, contextTarget: element, callback: offer, subscribe: true }),
  );
}

/** Whether an ancestor offered something that answers questions. */
export function isSource(value: unknown): value is DataSource {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['query', 'command', 'subscribe'].every((name) => typeof Reflect.get(value, name) === 'function')
  );
}

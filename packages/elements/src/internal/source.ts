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

/** Whether an ancestor offered something that answers questions. */
export const isSource = (value: unknown): value is DataSource =>
  ['query', 'command', 'subscribe'].every((name) => typeof Reflect.get(Object(value), name) === 'function');

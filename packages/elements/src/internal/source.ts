import { fileSource } from '@sama/metrics/client';
import type { DataSource, Envelope } from '@sama/metrics/contracts';

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

/** The source that `source` or `src` names; a file is read by `read`, and `open` asks a server. */
export function sourceAt(
  { source, src, fetchToken }: Omit<Inputs, 'data'>,
  read: (value: unknown) => Envelope,
  open: (server: { src: string; fetchToken: (() => Promise<string>) | undefined }) => DataSource,
): DataSource | undefined {
  if (source || !src) return source ?? undefined;
  return isFile(src) ? fileSource(src, {}, read) : open({ src, fetchToken: fetchToken ?? undefined });
}

/** Whether an ancestor offered something that answers questions. */
export const isSource = (value: unknown): value is DataSource =>
  ['query', 'command', 'subscribe'].every((name) => typeof Reflect.get(Object(value), name) === 'function');

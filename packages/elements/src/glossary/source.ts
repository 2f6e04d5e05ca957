import { fileSource, httpSource, readGlossary } from '@sama/metrics/client';
import type { DataSource } from '@sama/metrics/contracts';
import { type Inputs, isFile } from '../internal/source.ts';

/** The source of terms that `source` or `src` names. */
export function glossarySourceOf({ source, src, fetchToken }: Omit<Inputs, 'data'>): DataSource | undefined {
  if (source) return source;
  if (!src) return undefined;
  return isFile(src)
    ? fileSource(src, {}, readGlossary)
    : httpSource({ src, fetchToken: fetchToken ?? undefined }, readGlossary);
}

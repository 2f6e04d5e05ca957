import { httpSource, readGlossary } from '@sama/metrics/client';
import type { DataSource } from '@sama/metrics/contracts';
import { type Inputs, sourceAt } from '../internal/source.ts';

/** The source of terms that `source` or `src` names. */
export const glossarySourceOf = (inputs: Omit<Inputs, 'data'>): DataSource | undefined =>
  sourceAt(inputs, readGlossary, (server) => httpSource(server, readGlossary));

import { SamaFilter } from './filter/filter.ts';
import { SamaFunnel } from './funnel/funnel.ts';
import { SamaGlossary } from './glossary/glossary.ts';
import type { ReactiveElement } from './internal/reactive.ts';
import { SamaKpi } from './kpi/kpi.ts';
import { SamaProvider } from './provider/provider.ts';
import { SamaHandoffQueue } from './queue/handoff-queue.ts';
import { SamaScorecard } from './scorecard/scorecard.ts';
import { SamaTerm } from './term/term.ts';

/** What may be asked of any element. */
export type AnyElement = Pick<ReactiveElement, keyof ReactiveElement>;

/** A class that serves a tag. */
export type ElementClass = (new () => AnyElement) &
  Pick<typeof ReactiveElement, 'observedAttributes' | 'properties' | 'styles'> & { version: string };

/** Every element by its tag; a provider first, so that it is there when the others ask. */
export const ELEMENTS: Readonly<Record<string, ElementClass>> = {
  'sama-provider': SamaProvider,
  'sama-filter': SamaFilter,
  'sama-funnel': SamaFunnel,
  'sama-scorecard': SamaScorecard,
  'sama-kpi': SamaKpi,
  'sama-handoff-queue': SamaHandoffQueue,
  'sama-glossary': SamaGlossary,
  'sama-term': SamaTerm,
};

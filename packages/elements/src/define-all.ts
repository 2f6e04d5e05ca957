import { SamaFilter } from './filter/filter.ts';
import { SamaFunnel } from './funnel/funnel.ts';
import { SamaGlossary } from './glossary/glossary.ts';
import { type DefineOptions, type Registrable, register } from './internal/register.ts';
import { SamaKpi } from './kpi/kpi.ts';
import { SamaProvider } from './provider/provider.ts';
import { SamaHandoffQueue } from './queue/handoff-queue.ts';
import { SamaScorecard } from './scorecard/scorecard.ts';
import { SamaTerm } from './term/term.ts';

export type { DefineOptions } from './internal/register.ts';

/** Every element by its tag; a provider first, so that it is there when the others ask. */
const ELEMENTS: Readonly<Record<string, Registrable>> = {
  'sama-provider': SamaProvider,
  'sama-filter': SamaFilter,
  'sama-funnel': SamaFunnel,
  'sama-scorecard': SamaScorecard,
  'sama-kpi': SamaKpi,
  'sama-handoff-queue': SamaHandoffQueue,
  'sama-glossary': SamaGlossary,
  'sama-term': SamaTerm,
};

/** Registers every element; a second set of tags when a suffix is given. Never throws. @public */
export function defineAll(options: DefineOptions = {}): void {
  for (const [tag, element] of Object.entries(ELEMENTS)) register(tag, element, options);
}

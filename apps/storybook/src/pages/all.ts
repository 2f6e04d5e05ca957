import { funnelPage } from './funnel.ts';
import { glossaryPage, termPage } from './glossary.ts';
import type { ElementPage } from './page.ts';
import { filterPage, providerPage } from './provider.ts';
import { queuePage } from './queue.ts';
import { kpiPage, scorecardPage } from './scorecard.ts';

/** The page of each element, by its tag. */
export const PAGES = {
  'sama-funnel': funnelPage,
  'sama-scorecard': scorecardPage,
  'sama-kpi': kpiPage,
  'sama-handoff-queue': queuePage,
  'sama-glossary': glossaryPage,
  'sama-term': termPage,
  'sama-provider': providerPage,
  'sama-filter': filterPage,
} as const satisfies Record<string, ElementPage>;

import type { FilterWords } from './en/filter.ts';
import type { funnelDetail } from './en/funnel-detail.ts';
import type { FunnelWords } from './en/funnel.ts';
import type { glossaryDesk } from './en/glossary-desk.ts';
import type { GlossaryWords } from './en/glossary.ts';
import type { queueDesk } from './en/queue-desk.ts';
import type { QueueWords } from './en/queue.ts';
import type { scorecardNumbers } from './en/scorecard-numbers.ts';
import type { ScorecardWords } from './en/scorecard.ts';
import type { TermWords } from './en/term.ts';
import { keepWords } from './registered.ts';

export type { Words } from './en/common.ts';
export type { FunnelWords } from './en/funnel.ts';
export type { GlossaryWords } from './en/glossary.ts';
export type { QueueWords } from './en/queue.ts';
export type { ScorecardWords } from './en/scorecard.ts';
export type { TermWords } from './en/term.ts';

/**
 * The words of all widgets; no two widgets give one key two meanings.
 *
 * @beta
 */
export type AllWords = FunnelWords &
  typeof funnelDetail &
  FilterWords &
  QueueWords &
  typeof queueDesk &
  ScorecardWords &
  typeof scorecardNumbers &
  GlossaryWords &
  typeof glossaryDesk &
  TermWords;

/**
 * Gives the widgets words in another language, beside those it has; what is left out stays English. Elements
 * that are already shown take it up when they next draw.
 *
 * @param tag BCP 47, such as `ar` or `pt-BR`; the region may be left out.
 * @beta
 */
export function registerLocale(tag: string, words: Partial<AllWords>): void {
  keepWords(tag, words);
}

import { pageMap } from '@sama/metrics/client';
import { common, type Words } from './en/common.ts';
import type { FilterWords } from './en/filter.ts';
import type { FunnelWords } from './en/funnel.ts';
import type { QueueWords } from './en/queue.ts';

export type { Words } from './en/common.ts';
export type { FunnelWords } from './en/funnel.ts';
export type { QueueWords } from './en/queue.ts';
import type { ScorecardWords } from './en/scorecard.ts';

export type { ScorecardWords } from './en/scorecard.ts';

/**
 * The words of all widgets; no two widgets give one key two meanings.
 *
 * @beta
 */
export type AllWords = FunnelWords & FilterWords & QueueWords & ScorecardWords;

/** Languages registered on this page, by any copy of this module. */
const registered = (): Map<string, Partial<AllWords>> => pageMap('sama.words.v1');

/**
 * Gives the widgets words in another language; what is left out stays English. Elements that are
 * already shown take it up when they next draw.
 *
 * @param tag BCP 47, such as `ar` or `pt-BR`; the region may be left out.
 * @beta
 */
export function registerLocale(tag: string, words: Partial<AllWords>): void {
  registered().set(tag.toLowerCase(), words);
}

/**
 * The words for a language: those of its tag, else of its main language, else English.
 *
 * @param own English words of one widget, beside those that all share
 */
export function wordsFor<Own extends object>(locale: string, own: Own): Words & Own {
  const languages = registered();
  const tag = locale.toLowerCase();
  const words = languages.get(tag) ?? languages.get(tag.split('-')[0] ?? '');
  return words === undefined ? { ...common, ...own } : { ...common, ...own, tag, ...words };
}

import { pageMap } from '@sama/metrics/client';
import { en, type Words } from './en.ts';

export type { Words } from './en.ts';

/** Languages registered on this page, by any copy of this module. */
const registered = (): Map<string, Partial<Words>> => pageMap('sama.words.v1');

/**
 * Gives the widgets words in another language; what is left out stays English. Elements that are
 * already shown take it up when they next draw.
 *
 * @param tag BCP 47, such as `ar` or `pt-BR`; the region may be left out.
 * @public
 */
export function registerLocale(tag: string, words: Partial<Words>): void {
  registered().set(tag.toLowerCase(), words);
}

/** The words for a language: those of its tag, else of its main language, else English. */
export function wordsFor(locale: string): Words {
  const languages = registered();
  const tag = locale.toLowerCase();
  const words = languages.get(tag) ?? languages.get(tag.split('-')[0] ?? '');
  return words === undefined ? en : { ...en, tag, ...words };
}

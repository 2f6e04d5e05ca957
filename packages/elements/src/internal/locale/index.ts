import { en, type Words } from './en.ts';

export type { Words } from './en.ts';

const KEY = Symbol.for('sama.words.v1');

/** Languages registered on this page, by any copy of this module. */
function registered(): Map<string, Partial<Words>> {
  const found: unknown = Reflect.get(globalThis, KEY);
  if (found instanceof Map) return found;
  const made = new Map<string, Partial<Words>>();
  Object.defineProperty(globalThis, KEY, { value: made });
  return made;
}

/**
 * Gives the widgets words in another language; what is left out stays English. Elements that are
 * already shown take it up when they next draw.
 *
 * @param tag BCP 47, such as `ar` or `pt-BR`; the region may be left out.
 */
export function registerLocale(tag: string, words: Partial<Words>): void {
  registered().set(tag.toLowerCase(), words);
}

/** The words for a language: those of its tag, else of its main language, else English. */
export function wordsFor(locale: string): Words {
  const languages = registered();
  const tag = locale.toLowerCase();
  const words = languages.get(tag) ?? languages.get(tag.split('-')[0] ?? '');
  return words === undefined ? en : { ...en, ...words };
}

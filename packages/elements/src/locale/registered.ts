import { pageMap } from '@sama/metrics/client';

type Spoken = { tag: string };

/** Languages registered on this page, by any copy of this module. */
const registered = (): Map<string, object> => pageMap('sama.words.v1');

/** Keeps words of a language for this page, beside those it has. */
export function keepWords(tag: string, words: object): void {
  const key = tag.toLowerCase();
  registered().set(key, { ...registered().get(key), ...words });
}

/** These English words in a language: that of its tag, else its main language, else as they are. */
export function wordsIn<English extends Spoken>(locale: string, english: English): English {
  const languages = registered();
  const tag = locale.toLowerCase();
  const words = languages.get(tag) ?? languages.get(tag.split('-')[0] ?? '');
  return words === undefined ? english : { ...english, tag, ...words };
}

/** The language an element speaks: the one it is given, else the nearest `lang`, else English. */
export function languageOf(element: Element, locale: string | null | undefined): string {
  const tag = locale ?? element.closest('[lang]')?.getAttribute('lang') ?? 'en';
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

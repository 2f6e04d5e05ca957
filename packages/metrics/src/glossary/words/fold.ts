/** Characters that are not seen inside a word: soft hyphen, zero-width joiners, byte order mark. */
const UNSEEN = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g;

/** A word as it is compared: compatibility forms joined, unseen characters gone, small letters, one apostrophe. */
export function foldWord(word: string): string {
  return visible(word).toLowerCase();
}

/** A word without unseen characters and with one kind of apostrophe; its case is kept. */
export function visible(word: string): string {
  return word
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(/\u2019/g, "'");
}

/** A word without its accents, for search. */
export function plainWord(word: string): string {
  return foldWord(word).normalize('NFD').replace(/\p{M}/gu, '');
}

/** Widths of characters of a wide sans serif in units of the type, of those unlike the others. */
const WIDTHS: readonly [characters: RegExp, width: number][] = [
  [/\p{M}/u, 0],
  [/[ijl.,:;'|!·]/, 0.26],
  [/[\s()[\]frt/-]/, 0.33],
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u, 1],
  [/[mwMW%–—]/, 0.86],
  [/\p{Lu}/u, 0.7],
];
const OTHERS = 0.6;

/** About how wide a text is, in units of its type: a server has no fonts to measure by. */
export function estimatedWidth(text: string, weight: number): number {
  let width = 0;
  for (const character of text) width += WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? OTHERS;
  return weight > 500 ? width * 1.05 : width;
}

import { renderAsync } from '@resvg/resvg-js';
import type { PictureFonts } from './fonts.ts';

/** Letters and signs that the fonts of the package do not have. */
const FOREIGN =
  /(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic}|\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Armenian}|\p{Script=Georgian}|\p{Script=Common}|\p{Script=Inherited})[\p{L}\p{M}]|\p{Emoji_Presentation}/gu;

/** Scripts by name, for whoever has to find a font. */
const SCRIPTS: readonly (readonly [name: string, is: RegExp])[] = [
  ['Japanese', /\p{Script=Hiragana}|\p{Script=Katakana}/u],
  ['Chinese or Japanese', /\p{Script=Han}/u],
  ['Korean', /\p{Script=Hangul}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Hindi', /\p{Script=Devanagari}/u],
  ['Bengali', /\p{Script=Bengali}/u],
  ['Tamil', /\p{Script=Tamil}/u],
  ['emoji', /\p{Emoji_Presentation}/u],
];

/** A sign of each script above, to try fonts with. */
export const SAMPLES = ['あ', '漢', '한', 'ก', 'क', 'ক', 'அ', '🚀'] as const;

/** The script of a letter. */
export const scriptOf = (letter: string): string => SCRIPTS.find(([, is]) => is.test(letter))?.[0] ?? 'another script';

/** One letter of each script in a text that the fonts of the package cannot draw. */
export function foreignLetters(text: string): string[] {
  const letters = text.match(FOREIGN) ?? [];
  return [...new Map(letters.map((letter) => [scriptOf(letter), letter])).values()];
}

/** No font has it, and none will (Unicode, 23.7). */
const NONE = '\uFDD0';

/** Whether fonts have a letter: it looks other than what is drawn for a letter none has. */
export async function hasLetter(font: PictureFonts, letter: string): Promise<boolean> {
  const [drawn, missing] = await Promise.all([letter, NONE].map((one) => pixelsOf(font, one)));
  return drawn !== undefined && missing !== undefined && !drawn.equals(missing);
}

async function pixelsOf(font: PictureFonts, letter: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><text y="24" font-size="20">${letter}</text></svg>`;
  return (await renderAsync(svg, { font })).pixels;
}

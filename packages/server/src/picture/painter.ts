import { renderAsync } from '@resvg/resvg-js';
import { FONTS, SHIPPED_FONTS, type PictureFonts } from './fonts.ts';
import { foreignLetters, hasLetter, scriptOf } from './letters.ts';

/** Pixels of a PNG for each CSS pixel: mails are read on dense screens. */
const DENSITY = 2;

/** Turns pictures of ours into PNG, beside the thread that answers. */
export type Painter = (svg: string) => Promise<Uint8Array>;

/**
 * Draws with the fonts of the package and, where these lack a letter, with others that were named. What no font has is
 * a box, and `log` is told once for each script.
 */
export function openPainter(named: PictureFonts | undefined, log: (error: unknown) => void): Painter {
  const looked = new Set<string>();
  const look = async (font: PictureFonts, letter: string): Promise<void> => {
    const script = scriptOf(letter);
    if (looked.has(script)) return;
    looked.add(script);
    if (!(await hasLetter(font, letter)))
      log(new Error(`A picture has boxes for letters no font has (${script}). Name one that has them in ${FONTS}.`));
  };
  return async (svg) => {
    const foreign = foreignLetters(svg);
    // Others take their time to be read.
    const font = foreign.length === 0 ? SHIPPED_FONTS : (named ?? SHIPPED_FONTS);
    for (const letter of foreign) await look(font, letter);
    return (await renderAsync(svg, { font, fitTo: { mode: 'zoom', value: DENSITY } })).asPng();
  };
}

import { FONTS, namedFonts, SHIPPED_FONTS } from '../picture/fonts.ts';
import { examine, ok, type Finding } from './finding.ts';

/** Which letters pictures for mail can show. */
export function examineFonts(environment: NodeJS.ProcessEnv): Promise<Finding[]> {
  const remedy = `see that ${FONTS} names files and folders that are there; the server does not start before`;
  return examine('pictures', remedy, async () => {
    const font = (await namedFonts(environment)) ?? SHIPPED_FONTS;
    // The renderer is a native library, as the engine is.
    const { hasLetter, SAMPLES, scriptOf } = await import('../picture/letters.ts');
    const has: string[] = ['Latin, Greek, Cyrillic, Arabic, Hebrew'];
    const lacks: string[] = [];
    for (const letter of SAMPLES) ((await hasLetter(font, letter)) ? has : lacks).push(scriptOf(letter));
    const not = lacks.length === 0 ? '' : `; not ${lacks.join(', ')} (${FONTS} names fonts)`;
    return [ok('pictures', `letters in PNGs: ${has.join(', ')}${not}`)];
  });
}

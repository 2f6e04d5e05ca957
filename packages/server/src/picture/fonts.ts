import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter } from 'node:path';
import type { ResvgRenderOptions } from '@resvg/resvg-js';

/** Names fonts for the letters that those of the package lack. */
export const FONTS = 'SAMA_FONTS';
/** Stands for the fonts of the machine. */
const SYSTEM = 'system';

const require = createRequire(import.meta.url);
const FAMILY = 'DejaVu Sans';
/** A machine that serves may have no fonts of its own, so they come along. */
const SHIPPED = [
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
];

/** What resvg looks for letters in. */
export type PictureFonts = NonNullable<ResvgRenderOptions['font']>;

/** Those of the package: Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian and Georgian letters. */
export const SHIPPED_FONTS: PictureFonts = {
  loadSystemFonts: false,
  fontFiles: SHIPPED,
  defaultFontFamily: FAMILY,
  sansSerifFamily: FAMILY,
};

/**
 * The fonts an environment names beside those of the package: files and folders, as in `PATH`, or `system` for all of
 * the machine. Undefined where it names none.
 *
 * @throws Error naming one that is not there.
 */
export async function namedFonts(environment: NodeJS.ProcessEnv): Promise<PictureFonts | undefined> {
  const named = (environment[FONTS] ?? '')
    .split(delimiter)
    .map((path) => path.trim())
    .filter((path) => path !== '');
  if (named.length === 0) return undefined;
  const fontFiles = [...SHIPPED];
  const fontDirs: string[] = [];
  for (const path of named.filter((one) => one !== SYSTEM)) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) throw new Error(`${FONTS}: there is no file or folder ${path}`);
    (found.isDirectory() ? fontDirs : fontFiles).push(path);
  }
  return { ...SHIPPED_FONTS, loadSystemFonts: named.includes(SYSTEM), fontFiles, fontDirs };
}

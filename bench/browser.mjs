/** The browser the parts measure in, and the scripts of its pages. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { chromiumArgs, findChromium } from '../scripts/chromium.mjs';

const { chromium } = createRequire(new URL('../package.json', import.meta.url))('playwright-core');

/** Headless Chromium. */
export const launch = () => chromium.launch({ executablePath: findChromium(), args: chromiumArgs() });

/** A page's script, from a file of this folder and all it imports, as one classic script. */
export async function bundle(file) {
  const build = await rolldown({
    input: join(import.meta.dirname, file),
    platform: 'browser',
    logLevel: 'silent',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  });
  const { output } = await build.generate({ format: 'iife', minify: true });
  await build.close();
  return output[0].code;
}

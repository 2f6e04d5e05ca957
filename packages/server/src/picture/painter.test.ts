import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { examineFonts } from '../doctor/fonts.ts';
import { ONE_LETTER_FONT } from '../testing/one-letter-font.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { namedFonts, SHIPPED_FONTS } from './fonts.ts';
import { foreignLetters, hasLetter, SAMPLES, scriptOf } from './letters.ts';
import { openPainter } from './painter.ts';

const saying = (words: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" font-family="system-ui,sans-serif"><text x="2" y="28" font-size="20">${words}</text></svg>`;

async function folderWithFont(): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'one.ttf'), Buffer.from(ONE_LETTER_FONT, 'base64'));
  return folder;
}

test('the fonts of the package have the letters they are said to have, and those of no other script', async () => {
  expect(foreignLetters('Ärger, Ωμέγα, Жук, العربية, עברית, 70 % – € ①')).toEqual([]);
  for (const letter of ['Ä', 'Ω', 'Ж', 'ع', 'ע', '€'])
    expect([letter, await hasLetter(SHIPPED_FONTS, letter)]).toEqual([letter, true]);
  expect(SAMPLES.map((letter) => foreignLetters(`a${letter}b`))).toEqual(SAMPLES.map((letter) => [letter]));
  expect(new Set(SAMPLES.map(scriptOf)).size).toBe(SAMPLES.length);
  for (const letter of SAMPLES) expect([letter, await hasLetter(SHIPPED_FONTS, letter)]).toEqual([letter, false]);
});

test('what no font has is told once for each script; fonts that are named draw it', async () => {
  const folder = await folderWithFont();
  const said: unknown[] = [];
  const bare = openPainter(undefined, (error) => said.push(error));
  const boxes = await bare(saying('ああ'));
  await bare(saying('いあ'));
  await bare(saying('한'));
  expect(said.map(String)).toEqual([
    expect.stringMatching(/\(Japanese\).*SAMA_FONTS/),
    expect.stringMatching(/\(Korean\)/),
  ]);
  for (const named of [folder, join(folder, 'one.ttf')]) {
    const heard: unknown[] = [];
    const fonts = await namedFonts({ SAMA_FONTS: `${named}: ` });
    const drawn = await openPainter(fonts, (error) => heard.push(error))(saying('ああ'));
    expect(heard).toEqual([]);
    expect(Buffer.from(drawn).equals(boxes)).toBe(false);
  }
  expect(await namedFonts({})).toBeUndefined();
  expect(await namedFonts({ SAMA_FONTS: 'system' })).toMatchObject({ loadSystemFonts: true });
  await expect(namedFonts({ SAMA_FONTS: `${folder}:${folder}/none` })).rejects.toThrow('none');
});

test('the doctor names the scripts that pictures have letters for', async () => {
  expect(await examineFonts({})).toMatchObject([{ standing: 'ok', found: expect.stringMatching(/not Japanese/) }]);
  expect(await examineFonts({ SAMA_FONTS: await folderWithFont() })).toMatchObject([
    { standing: 'ok', found: expect.stringMatching(/Japanese; not Chinese/) },
  ]);
  expect(await examineFonts({ SAMA_FONTS: '/none' })).toMatchObject([{ standing: 'fail' }]);
});

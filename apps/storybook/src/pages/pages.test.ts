import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { wordsOf } from './choices.ts';

test('words to choose from are those of the type, and none where it takes more', () => {
  expect(wordsOf(`'count' | 'value' | null | undefined`)).toEqual(['count', 'value']);
  expect(wordsOf(`'count' | string | null`)).toEqual([]);
});

test('no page has code of its own: all that is shown comes from modules that are run or checked', () => {
  const pages = globSync('{docs,src}/**/*.mdx', { cwd: new URL('../..', import.meta.url) });
  expect(pages.length).toBeGreaterThan(8);
  const own = pages.filter((page) => readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8').includes('```'));
  expect(own).toEqual([]);
});

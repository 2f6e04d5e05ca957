import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CRITERIA } from './criteria.mjs';
import { page, writtenPage } from './page.mjs';

const root = join(import.meta.dirname, '../..');
const axe = createRequire(join(root, 'packages/elements/package.json'))('axe-core');

/** The formatter sets the columns of a table apart. */
const plain = (text) => text.replaceAll(/ +\|/g, ' |').replaceAll(/\| +/g, '| ').replaceAll(/-{3,}/g, '---');

test('docs/accessibility.md is what the criteria and the stories say: node scripts/accessibility/page.mjs writes it', () => {
  expect(plain(writtenPage())).toBe(plain(page()));
});

test('each criterion of A and AA is there once, among them all that axe looks for', () => {
  const numbers = CRITERIA.map(([number]) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(CRITERIA.filter(([, , level]) => level === 'A')).toHaveLength(31);
  expect(CRITERIA.filter(([, , level]) => level === 'AA')).toHaveLength(24);
  const known = axe
    .getRules(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .flatMap(({ tags }) => tags)
    .flatMap((tag) => /^wcag(\d)(\d)(\d{1,2})$/.exec(tag)?.slice(1).join('.') ?? []);
  expect(known.length).toBeGreaterThan(50);
  // 4.1.1 is no criterion of WCAG 2.2 any more; 2.1.3 is of level AAA.
  expect([...new Set(known)].filter((number) => !numbers.includes(number)).toSorted()).toEqual(['2.1.3']);
});

test('each test that is said to hold a criterion is there', () => {
  const missing = CRITERIA.flatMap(([number, , , , ...held]) =>
    held
      .filter(([file, title]) => {
        const text = readFileSync(join(root, file), 'utf8');
        return !["'", '"', '`'].some((quote) => text.includes(`${quote}${title.replaceAll("'", "\\'")}`));
      })
      .map(([file, title]) => `${number}: ${file} has no test “${title}”`),
  );
  expect(missing).toEqual([]);
});

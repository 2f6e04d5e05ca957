import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LAST_RUN, page, writtenPage } from './page.mjs';

/** The formatter sets the columns of a table apart. */
const plain = (text) => text.replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---');

test('docs/engine-parity.md shows every case and the last run: node scripts/parity/page.mjs writes it', () => {
  expect(plain(writtenPage())).toBe(plain(page()));
});

test('ClickHouse was equal on every case it was asked', () => {
  const { results } = JSON.parse(readFileSync(LAST_RUN, 'utf8'));
  expect(Object.entries(results).filter(([, result]) => result !== 'equal')).toEqual([]);
});

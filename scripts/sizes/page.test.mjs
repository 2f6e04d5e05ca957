import { expect, test } from 'vitest';
import { loadedBy, page, writtenPage } from './page.mjs';

/** The formatter sets the columns of a table apart. */
const plain = (text) => text.replaceAll(/ +\|/g, ' |').replaceAll(/\| +/g, '| ').replaceAll(/-{3,}/g, '---');

test('docs/size.md is that of the build: node scripts/sizes/page.mjs writes it', () => {
  expect(plain(writtenPage())).toBe(plain(page()));
});

test('what an element loads is all that its modules name', () => {
  const funnel = [...loadedBy('funnel/define.js')];
  expect(funnel).toContain('parts/funnel.js');
  expect(funnel.some((path) => path.startsWith('parts/'))).toBe(true);
  expect(funnel).not.toContain('parts/glossary.js');
});

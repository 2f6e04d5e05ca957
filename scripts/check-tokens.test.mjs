import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { plant, script } from './planted.mjs';

const real = (path) => readFileSync(join(import.meta.dirname, '..', path), 'utf8');
const sources = ['base', 'light', 'dark', 'contrast', 'comfortable', 'compact'].map((name) => {
  const path = `packages/tokens/tokens/${name}.json`;
  return [path, real(path)];
});
const used = Object.entries(JSON.parse(real('packages/tokens/tokens/light.json')))
  .filter(([, token]) => '$value' in Object(token))
  .map(([name]) => name)
  .concat('radius-sm', 'radius-md');
const clean = {
  ...Object.fromEntries(sources),
  'packages/elements/src/a.styles.ts': `.a { --_half: 1; color: var(--_half); ${used.map((name) => `x: var(--_${name});`).join(' ')} }\n`,
  'packages/elements/src/b.ts': 'width: var(--sama-b-width, 1em)\n',
  'apps/portal/pages/a.css': ':root { --sama-accent: red; --sama-font: serif; --sama-b-width: 2em; }\n',
  'README.md': 'Every `--sama-*` and `--sama-text`.\n',
};

let tree;
afterEach(() => tree?.remove());

function tokensOf(files) {
  tree = plant(files);
  return tree.run('node', script('check-tokens.mjs'), tree.root);
}

test('a clean tree passes', () => {
  expect(tokensOf(clean)).toEqual({ ok: true, said: '' });
});

test.each([
  ['a token of a style', 'packages/elements/src/c.styles.ts', '.c { color: var(--_txet) }', '--_txet is neither'],
  ['a token in code', 'packages/elements/src/c.ts', 'const a = `var(--_surface-rised)`;', '--_surface-rised'],
  ['a token of a page', 'apps/portal/pages/b.css', 'a { color: var(--sama-txt) }', 'b.css: --sama-txt is no token'],
  ['a part of an element', 'docs/b.md', 'Set `--sama-b-hight`.', 'docs/b.md: --sama-b-hight is no token'],
])('%s that is not defined is found', (_, path, text, finding) => {
  const { ok, said } = tokensOf({ ...clean, [path]: `${text}\n` });
  expect(ok).toBe(false);
  expect(said).toContain(finding);
});

test('a token that no element reads and no page is offered is found', () => {
  const { ok, said } = tokensOf({
    ...clean,
    'packages/elements/src/a.styles.ts': clean['packages/elements/src/a.styles.ts'].replace('x: var(--_bad-mark);', ''),
  });
  expect(ok).toBe(false);
  expect(said).toBe(
    'packages/tokens/tokens: bad-mark serves no element; remove it or mark it "sama.for": "pages"\n1 findings in the tokens.\n',
  );
});

test('a reference to nothing is found', () => {
  const path = 'packages/tokens/tokens/contrast.json';
  const { ok, said } = tokensOf({ ...clean, [path]: clean[path].replace('{surface}', '{surfaec}') });
  expect(ok).toBe(false);
  expect(said).toContain('{surfaec} is not defined');
});

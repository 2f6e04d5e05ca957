import { afterEach, expect, test } from 'vitest';
import { plant, script } from './planted.mjs';
import { MAX_BYTES } from './source-rules.mjs';

let tree;
afterEach(() => tree?.remove());

/** @param {Record<string, string>} files */
function sourcesOf(files) {
  tree = plant(files);
  return tree.run('node', script('check-sources.mjs'), tree.root);
}

const clean = {
  'README.md': '[how](docs/how.md#first), [docs](docs/), [away](https://example.com/home/page) and [here](#top)\n',
  'docs/how.md': 'See [the code](../packages/elements/src/a.ts).\n',
  'packages/elements/src/a.ts': "import './b/c.ts';\nexport const a = 1;\n",
  'packages/elements/src/b/c.ts': "import '../a.ts';\n",
  'packages/server/src/folder.test.ts': "export const hostile = '../../../../../etc/passwd';\n",
  'pnpm-lock.yaml': 'packages:\n  a@1.0.0:\n    resolution: {integrity: sha512-x}\n',
};

test('a clean tree passes', () => {
  expect(sourcesOf(clean)).toEqual({ ok: true, said: '' });
});

const registry = ['registry', 'example', 'com'].join('.');
const home = ['', 'home', 'ada'].join('/');
const disable = ['oxlint', 'disable'].join('-');
const ignore = ['@ts', 'ignore'].join('-');
const todo = ['TO', 'DO'].join('');

test.each([
  ['a long source', 'packages/sql/src/a.ts', 'x;\n'.repeat(401), '401 lines'],
  ['a large file', 'docs/picture.svg', 'x'.repeat(MAX_BYTES + 1), 'bytes'],
  ['a home directory', 'docs/a.md', `cd ${home}\n`, `names ${home}`],
  ['a home directory as an address', 'packages/sql/src/a.ts', `'file://${home}';\n`, home],
  ['a registry', '.npmrc', `registry=https://${registry}/\n`, registry],
  ['a registry in the lockfile', 'pnpm-lock.yaml', `resolution: {tarball: https://x.example/a.tgz}\n`, 'tarball'],
  ['a folder outside', 'packages/sql/src/a.ts', "import '../../../../elsewhere/a.ts';\n", 'elsewhere'],
  ['a folder outside in a document', 'README.md', 'See ../elsewhere for data.\n', 'elsewhere'],
  ['a lint rule switched off', 'packages/sql/src/a.ts', `// ${disable} no-eval\n`, disable],
  ['a type error hidden', 'packages/sql/src/a.ts', `// ${ignore}\n`, ignore],
  ['work left', 'packages/sql/src/a.ts', `// ${todo}: later\n`, todo],
  ['a style attribute', 'packages/elements/src/a.ts', 'const a = \'<div style="width:0">\';\n', 'style='],
  ['a tag in a template', 'packages/elements/src/a.ts', 'const a = `<p><sama-kpi></sama-kpi>`;\n', '<sama-kpi'],
  ['a tag in a selector', 'packages/elements/src/a.ts', "node.closest('p, sama-provider');\n", 'sama-provider'],
  ['a style attribute set', 'packages/elements/src/a.ts', "node.setAttribute('style', '');\n", 'setAttribute'],
  ['a dead link', 'docs/how.md', '[gone](gone.md)\n', 'gone.md'],
])('%s: refused', (_, path, text, finding) => {
  const { ok, said } = sourcesOf({ ...clean, [path]: text });
  expect(said).toContain(`${path}: `);
  expect(said).toContain(finding);
  expect(ok).toBe(false);
});

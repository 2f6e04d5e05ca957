import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { plant } from './planted.mjs';
import { projectFiles } from './tree.mjs';

const root = resolve(import.meta.dirname, '..');
const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** A package as the house builds them. */
const sample = {
  'package.json': JSON.stringify({ name: 'planted', private: true, type: 'module', workspaces: ['packages/*'] }),
  'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
  'packages/sample/package.json': JSON.stringify({
    name: '@sama/sample',
    version: '1.0.0',
    license: 'MIT',
    type: 'module',
    files: ['dist'],
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  }),
  'packages/sample/tsconfig.json': JSON.stringify({
    extends: '../../tsconfig.base.json',
    compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
    include: ['src'],
    exclude: ['src/**/*.test.ts'],
  }),
  'packages/sample/tsconfig.test.json': JSON.stringify({ extends: '../../tsconfig.test.json', include: ['src'] }),
  'packages/sample/plain.js': 'export const plain = 1;\n',
  'packages/sample/src/index.ts': "export { one } from './one.ts';\n",
  'packages/sample/src/one.ts': 'export const one = 1;\n',
  'packages/sample/src/one.test.ts': "import { one } from './one.ts';\nexport const two: number = one + 1;\n",
};

let tree;
afterEach(() => tree?.remove());

describe('typecheck', () => {
  /** @param {Record<string, string>} files */
  const checked = (files) => {
    tree = plant({ ...sample, ...files });
    return tree.run('tsc', '-b', 'packages/sample/tsconfig.test.json');
  };

  test('right types pass', () => {
    expect(checked({})).toEqual({ ok: true, said: '' });
  });

  test.each([
    ['a wrong type in a test', 'one.test.ts', 'export const two: string = 2;\n', 'TS2322'],
    ['an index that may be missing', 'one.ts', 'const a: number[] = [];\nexport const one: number = a[0];\n', 'TS2322'],
    ['an enum', 'one.ts', 'export enum one {\n  a,\n}\n', 'TS1294'],
    ['a document in a package without one', 'one.ts', 'export const one = document.title;\n', 'TS2584'],
  ])('%s: refused', (_, name, text, code) => {
    const { ok, said } = checked({ [`packages/sample/src/${name}`]: text });
    expect(said).toContain(code);
    expect(ok).toBe(false);
  });
});

describe('package-check', () => {
  /** @param {Record<string, unknown>} [more] of the manifest */
  const packed = (more = {}) => {
    const manifest = { ...JSON.parse(sample['packages/sample/package.json']), ...more };
    tree = plant({ ...sample, 'packages/sample/package.json': JSON.stringify(manifest) });
    tree.run('tsc', '-b', 'packages/sample');
    const script = json('packages/metrics/package.json').scripts['package-check'];
    return tree.run('sh', '-c', `cd packages/sample && ${script}`);
  };

  test('a package whose exports are there passes', () => {
    expect(packed()).toMatchObject({ ok: true });
  });

  test('an export without its file: refused', () => {
    const { ok, said } = packed({ exports: { '.': './dist/index.js', './gone': './dist/gone.js' } });
    expect(said).toContain('gone.js');
    expect(ok).toBe(false);
  });

  test('an export without types: refused', () => {
    const typed = JSON.parse(sample['packages/sample/package.json']).exports;
    const { ok, said } = packed({ files: ['dist', 'plain.js'], exports: { ...typed, './plain': './plain.js' } });
    expect(said).toContain('No types');
    expect(ok).toBe(false);
  });
});

describe('unused', () => {
  test('a file, an export and a dependency that nobody uses: refused', () => {
    const manifest = { ...JSON.parse(sample['packages/sample/package.json']), dependencies: { zod: '*' } };
    tree = plant({
      ...sample,
      'packages/sample/package.json': JSON.stringify(manifest),
      'packages/sample/src/orphan.ts': 'export const orphan = 1;\n',
      'packages/sample/src/one.ts': 'export const one = 1;\nexport const spare = 2;\n',
    });
    const { ok, said } = tree.run('knip');
    for (const unused of ['orphan.ts', 'spare', 'zod']) expect(said).toContain(unused);
    expect(ok).toBe(false);
  });
});

describe('the check', () => {
  const files = projectFiles(root);
  const manifests = files.filter((path) => /^(packages|apps)\/[^/]+\/package\.json$/.test(path)).map(json);

  test('runs every gate', () => {
    const tasks = json('package.json').scripts.check.split(' ');
    for (const gate of ['lint', 'floors', 'sources', 'format', 'unused']) expect(tasks).toContain(`//#${gate}`);
    for (const task of ['build', 'typecheck', 'package-check']) expect(tasks).toContain(task);
  });

  test('has something to run in every package and app', () => {
    expect(manifests.length).toBeGreaterThan(7);
    for (const { name, scripts } of manifests) {
      expect(scripts, name).toMatchObject({ build: expect.any(String), typecheck: expect.any(String) });
    }
    for (const { name, scripts } of manifests.filter((manifest) => manifest.private !== true)) {
      expect(scripts['package-check'], name).toContain('publint --strict && attw --pack . --profile esm-only');
    }
  });
});

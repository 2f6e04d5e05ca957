import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { toolEnv } from './run.mjs';

const sdk = resolve(import.meta.dirname, '../packages/metrics');

const readme = readFileSync(join(sdk, 'README.md'), 'utf8');
const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map((block, i) => {
  const code = block[1] ?? '';
  return { file: `${i}.ts`, code, from: /\bfrom '([^']+)'/.exec(code)?.[1] };
});

/** @param {string} code @returns {string[]} what its lines say they print: the comment after a `console.log` */
const promises = (code) => [...code.matchAll(/^\s*console\.log\(.*\); \/\/ (.*)$/gm)].map((line) => line[1] ?? '');

const SETTINGS = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'es2023',
    lib: ['es2023', 'dom'],
    module: 'nodenext',
    types: [],
    skipLibCheck: true,
  },
  include: ['*.ts'],
};

// Inside the package, which may import itself by its name, as it was built.
const folder = mkdtempSync(join(sdk, 'dist', 'snippets-'));
for (const { file, code } of snippets) writeFileSync(join(folder, file), code);
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(SETTINGS));
afterAll(() => rmSync(folder, { recursive: true }));
const run = (command, args) => spawnSync(command, args, { cwd: folder, env: toolEnv(), encoding: 'utf8' });

test.each(snippets)('snippet $file of the SDK, $from, prints what it says', ({ file, code }) => {
  const { status, stdout, stderr } = run('node', [file]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(promises(code).length).toBeGreaterThan(0);
  expect(stdout.trimEnd().split('\n')).toEqual(promises(code));
});

test('a funnel, an SLA and an attribution take a stranger ten lines each', () => {
  const [, start = ''] = /^## Three in ten lines\n(.*?)^## /ms.exec(readme) ?? [];
  const lines = snippets
    .filter(({ code }) => start.includes(code))
    .map(({ from, code }) => [from, code.split('\n').filter((line) => line.trim() !== '').length]);
  expect(lines.map(([from]) => from)).toEqual(['@sama/metrics', '@sama/metrics/time', '@sama/metrics/attribution']);
  expect(lines.filter(([, count]) => count > 10)).toEqual([]);
});

test('the README names every path of the SDK', () => {
  const { exports } = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8'));
  const paths = Object.keys(exports).filter((path) => path !== '.');
  expect(paths.filter((path) => !readme.includes(`| \`@sama/metrics${path.slice(1)}\` `))).toEqual([]);
});

test('the snippets of the SDK have the types they use', () => {
  expect(snippets.length).toBeGreaterThan(0);
  expect(run('tsc', ['-p', 'tsconfig.json']).stdout).toBe('');
});

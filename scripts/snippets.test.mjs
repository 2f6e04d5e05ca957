import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { examples } from './examples.mjs';
import { toolEnv } from './run.mjs';

const packages = resolve(import.meta.dirname, '../packages');
const readme = readFileSync(join(packages, 'metrics/README.md'), 'utf8');

/** The snippets of each package. */
const SNIPPETS = {
  metrics: examples('metrics'),
  tokens: examples('tokens'),
  demo: examples('demo'),
  server: examples('server'),
};

/** What a test of its own runs, and has types too. */
const TYPED = {
  server: [...examples('engines'), ...examples('duckdb-file')].filter(({ language }) => language === 'ts'),
};

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

describe.each(Object.entries(SNIPPETS))('the snippets of @sama/%s', (name, examples) => {
  const snippets = examples.map(({ code, page, line }, i) => {
    return { file: `${i}.ts`, code, at: `${page}:${line}`, from: /\bfrom '([^']+)'/.exec(code)?.[1] };
  });
  // Inside the package, which may import itself by its name, as it was built.
  const folder = mkdtempSync(join(packages, name, 'dist', 'snippets-'));
  for (const { file, code } of snippets) writeFileSync(join(folder, file), code);
  for (const [i, { code }] of (TYPED[name] ?? []).entries()) writeFileSync(join(folder, `typed${i}.ts`), code);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(SETTINGS));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (command, args) => spawnSync(command, args, { cwd: folder, env: toolEnv(), encoding: 'utf8' });

  test.each(snippets)('that of $at, $from, prints what it says', ({ file, code }) => {
    const { status, stdout, stderr } = run('node', [file]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(promises(code).length).toBeGreaterThan(0);
    expect(stdout.trimEnd().split('\n')).toEqual(promises(code));
  });

  test('have the types they use', () => {
    expect(run('tsc', ['-p', 'tsconfig.json']).stdout).toBe('');
  });
});

test('a funnel, an SLA and an attribution take a stranger ten lines each', () => {
  const [, start = ''] = /^## Three in ten lines\n(.*?)^## /ms.exec(readme) ?? [];
  const lines = SNIPPETS.metrics
    .filter(({ code }) => start.includes(code))
    .map(({ code }) => [
      /\bfrom '([^']+)'/.exec(code)?.[1],
      code.split('\n').filter((line) => line.trim() !== '').length,
    ]);
  expect(lines.map(([from]) => from)).toEqual(['@sama/metrics', '@sama/metrics/time', '@sama/metrics/attribution']);
  expect(lines.filter(([, count]) => count > 10)).toEqual([]);
});

test('the README names every path of the SDK', () => {
  const { exports } = JSON.parse(readFileSync(join(packages, 'metrics/package.json'), 'utf8'));
  const paths = Object.keys(exports).filter((path) => path !== '.');
  expect(paths.filter((path) => !readme.includes(`| \`@sama/metrics${path.slice(1)}\` `))).toEqual([]);
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toolEnv } from './run.mjs';

const root = resolve(import.meta.dirname, '..');
const read = (name) => readFileSync(join(root, name), 'utf8');
const { scripts } = JSON.parse(read('package.json'));

/** @param {string} text Markdown @param {string} language @returns {string[]} the contents of its fenced blocks */
function blocks(text, language) {
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter((block) => block[1] === language)
    .map((block) => block[2] ?? '');
}

const readme = read('README.md');
const commands = blocks(readme, 'sh').flatMap((block) => block.trim().split('\n'));
const sama = commands.filter((command) => command.startsWith('pnpm sama '));

test.each(['README.md', 'CONTRIBUTING.md'])('every pnpm command of %s is a script of the repository', (name) => {
  const named = [...read(name).matchAll(/(?:^|`)(?:npx -y )?pnpm(?:@12)? ([a-z][a-z:-]*)/gm)].map((match) => match[1]);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((script) => !(script in scripts))).toEqual([]);
});

test('every command of the README is one of the forms that are checked here', () => {
  expect(commands.filter((command) => !/^(npx -y pnpm@12 [a-z]+|pnpm [a-z]+|pnpm sama .+)$/.test(command))).toEqual([]);
});

test('every task that CONTRIBUTING names is part of the check', () => {
  const tasks = [...read('CONTRIBUTING.md').matchAll(/task `([a-z-]+)`/g)].map((match) => match[1]);
  expect(tasks.length).toBeGreaterThan(1);
  for (const task of tasks) expect(scripts.check.split(' ')).toContain(task);
});

describe('the sama commands of the README, in a new folder', () => {
  let folder;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sama-readme-'));
    const [csv] = blocks(readme, 'csv');
    writeFileSync(join(folder, 'leads.csv'), csv ?? '');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (args) =>
    spawnSync('node', [join(root, 'packages/server/bin/sama.js'), ...args], {
      cwd: folder,
      env: toolEnv({ CI: 'true' }),
      encoding: 'utf8',
      input: '',
    });

  const ends = sama.filter((command) => !command.includes(' serve'));
  test.each(ends)('%s', (command) => {
    const { status, stdout, stderr } = run(command.split(' ').slice(2));
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toBe('');
    expect(command.endsWith(' --json') ? JSON.parse(stdout).status : 'ok').toBe('ok');
  });

  const serves = sama.filter((command) => command.includes(' serve'));
  test.each(serves)('%s: its options exist', (command) => {
    const help = run(['serve', '--help']).stdout;
    const options = command.split(' ').filter((word) => word.startsWith('--'));
    expect(options.length).toBeGreaterThan(0);
    for (const option of options) expect(help).toContain(option);
  });
});

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allExamples, examples } from './examples.mjs';
import { toolEnv } from './run.mjs';

const root = resolve(import.meta.dirname, '..');
const read = (name) => readFileSync(join(root, name), 'utf8');
const { scripts } = JSON.parse(read('package.json'));

const linesOf = ({ code }) => code.trim().split('\n');
const commands = allExamples()
  .filter(({ page, language }) => page === 'README.md' && language === 'sh')
  .flatMap(linesOf);
const [serve, csv, ...ends] = examples('readme', 'sh', 'csv', 'sh', 'sh');

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
    writeFileSync(join(folder, 'leads.csv'), csv.code);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (args) =>
    spawnSync('node', [join(root, 'packages/server/bin/sama.js'), ...args], {
      cwd: folder,
      env: toolEnv({ CI: 'true' }),
      encoding: 'utf8',
      input: '',
    });

  test.each(ends.flatMap(linesOf))('%s', (command) => {
    expect(command).toMatch(/^pnpm sama /);
    const { status, stdout, stderr } = run(command.split(' ').slice(2));
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toBe('');
    expect(command.endsWith(' --json') ? JSON.parse(stdout).status : 'ok').toBe('ok');
  });

  // What each stands for, and what it gives: the portal at the root, or an answer to a page of the other origin.
  const serves = [
    [linesOf(serve)[0].replace(/^pnpm sama /, ''), '/v1/meta', 'dataVersion', { origin: 'http://localhost:8080' }],
    [scripts.start.replace(/^.* && node packages\/server\/bin\/sama\.js /, ''), '/', 'Northwind Robotics', {}],
  ];
  test.each(serves)('sama %s', async (command, path, says, headers) => {
    const args = command.replace('apps/', join(root, 'apps/')).split(' ');
    const few = ['--demo-persons', '300', '--port', '0', '--store', join(folder, `served${args.length}`)];
    const child = spawn('node', [join(root, 'packages/server/bin/sama.js'), ...args, ...few], {
      env: toolEnv({ CI: 'true', SAMA_LOG: 'silent' }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    try {
      const at = await new Promise((resolve, reject) => {
        let said = '';
        child.stdout.on('data', (chunk) => {
          said += chunk;
          if (said.includes('Ctrl+C')) resolve(/http:\/\/localhost:\d+/.exec(said)?.[0]);
        });
        child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
      });
      const answer = await fetch(`${at}${path}`, { headers });
      expect([answer.status, answer.headers.get('access-control-allow-origin') ?? undefined]).toEqual([
        200,
        headers.origin,
      ]);
      expect(await answer.text()).toContain(says);
    } finally {
      child.kill();
      expect(await ended).toEqual([0, null]);
    }
  });
});

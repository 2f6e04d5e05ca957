import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { expect, onTestFinished, test } from 'vitest';
import { Envelope } from '@sama/metrics/contracts';
import { SamaConfig } from '../config/config.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { recordedTerminal } from '../testing/terminal.ts';
import { writeDuckDb } from '../testing/warehouse-files.ts';
import { samaCommand } from './main.ts';
import { run } from './run.ts';

const root = resolve(import.meta.dirname, '../../../..');
const pages = ['docs', 'docs/hosts'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`),
);
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

/** The fenced blocks of a page in some languages; without a name a block is of none. */
const blocks = (page: string, ...languages: string[]): string[] =>
  [...read(page).matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, language = '', code = '']) =>
    languages.includes(language) ? [code] : [],
  );

/** Every call of `sama` in the code of a page, without what stands before it and what it is piped into. */
function callsIn(page: string): string[] {
  const lines = blocks(page, 'sh', '', 'text').flatMap((block) => block.split('\n'));
  const inline = [...read(page).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...lines, ...inline].flatMap((text) => {
    const [, call] =
      /^(?:\w+=\$\()?(?:[A-Z_]+=\S+ )*(?:docker (?:run|exec) .*? sama |)(sama [a-z].*)$/.exec(text.trim()) ?? [];
    return call === undefined ? [] : [call.replace(/ [|>#].*$|\)$/, '')];
  });
}

/** What is wrong with a call: a command or an option there is not. */
function faultOf(call: string): string | undefined {
  let command: Command = samaCommand(recordedTerminal());
  const words = call.match(/"[^"]*"|'[^']*'|\S+/g)?.slice(1) ?? [];
  while (words[0] !== undefined) {
    const inner = command.commands.find((one) => one.name() === words[0]);
    if (inner === undefined) break;
    command = inner;
    words.shift();
  }
  if (command.commands.length > 0 && words[0]?.startsWith('-') === false && command.registeredArguments.length === 0)
    return `${call}: there is no ${words[0]}`;
  const options = new Set([...command.options.map(({ long }) => long), '--help', '--version']);
  const unknown = words.filter((word) => word.startsWith('--')).find((word) => !options.has(word.replace(/=.*$/, '')));
  return unknown === undefined ? undefined : `${call}: there is no ${unknown}`;
}

test('every sama command in the docs is there, with its options', () => {
  const calls = pages.flatMap(callsIn);
  expect(calls.length).toBeGreaterThan(40);
  expect(calls.map(faultOf).filter((fault) => fault !== undefined)).toEqual([]);
  expect(['sama audits', 'sama token keyz a', 'sama serve --prot 1'].map(faultOf)).not.toContain(undefined);
});

test('every configuration in the docs is one', () => {
  const names = new Set(Object.keys(SamaConfig.shape));
  const found = pages.flatMap((page) =>
    blocks(page, 'json')
      .map((text): unknown => JSON.parse(text))
      .filter(
        (value) => typeof value === 'object' && value !== null && Object.keys(value).every((key) => names.has(key)),
      ),
  );
  expect(found.length).toBeGreaterThan(1);
  for (const value of found) expect(SamaConfig.safeParse(value).error?.issues ?? []).toEqual([]);
});

test('the configuration over a DuckDB file answers from the file of the page, and the doctor finds it well', async () => {
  const folder = await temporaryFolder();
  const config = join(folder, 'sama.config.ts');
  const [, typed = ''] = blocks('docs/engines.md', 'ts');
  // Node leaves the types out by itself, which the runner of the tests does not for this file.
  const ofFile = typed.replace(/^import type .*$/m, '').replace(/ satisfies \w+/, '');
  const [tables = ''] = blocks('docs/engines.md', 'sql');
  writeFileSync(config, ofFile);
  await writeDuckDb(join(folder, 'dwh.duckdb'), tables.trim().split(/;\n/));
  const before = readFileSync(join(folder, 'dwh.duckdb'));
  const store = ['--store', join(folder, 'store'), '--config', config];
  const sama = async (...args: readonly string[]) => {
    const terminal = recordedTerminal();
    await run(samaCommand(terminal), [...args, ...store], terminal);
    return terminal.written;
  };
  const asked = await sama('query', 'funnel', 'lead-to-won', '--period', '2026-01', '--json');
  expect([asked.err, Envelope.parse(JSON.parse(asked.out)).data]).toMatchObject([
    '',
    {
      stages: [{ key: 'lead', count: 2 }, { key: 'mql', count: 1 }, { key: 'sal', count: 0 }, {}, {}, {}],
    },
  ]);
  expect((await sama('doctor')).out).toMatch(/ok +DuckDB file +all tables and columns of the mapping are there/);
  writeFileSync(config, ofFile.replace("'new_status'", "'status'"));
  const { out } = await sama('doctor');
  expect(out).toMatch(
    /FAIL +DuckDB file +engine\.warehouse\.events\.1\.stage\.column: crm\.status_history has no column status/,
  );
  expect(out).toContain('DuckDB file: it has contact_id, new_status, changed_at');
  expect(readFileSync(join(folder, 'dwh.duckdb')).equals(before)).toBe(true);
});

test.each([
  { page: 'docs/ledger.md', language: 'ts', before: '', after: '', says: /^empty\n$/ },
  {
    page: 'docs/server-rendering.md',
    language: 'js',
    before: `const envelope = [{ stage: 'Lead', count: 18400 }, { stage: 'Won', count: 391 }];
globalThis.fetch = (address) => { console.log('asked', address); return new Promise(() => undefined); };
`,
    after: `await new Promise((resolve) => setTimeout(resolve, 50));
console.log(html, styleSheet('sama-funnel').hash);
process.exit();
`,
    says: /^<sama-funnel src="https:\/\/metrics[^]*18,400[^]*sha256-/,
  },
])('the program of $page runs', async ({ page, language, before, after, says }) => {
  const folder = await mkdtemp(join(root, 'packages/server/dist/docs-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, `program.${language}`);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(file, before + (blocks(page, language)[0] ?? '') + after);
  const { stdout } = await promisify(execFile)(process.execPath, [file], { timeout: 120_000 });
  expect(stdout).toMatch(says);
});

const hasNginx = spawnSync('nginx', ['-v']).status === 0;

test.skipIf(!hasNginx)('nginx takes the file of the docs', async () => {
  const folder = await temporaryFolder();
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
  spawnSync('openssl', [...request, '-keyout', join(folder, 'metrics.key'), '-out', join(folder, 'metrics.pem')]);
  const server = (blocks('docs/operations.md', 'nginx')[0] ?? '').replaceAll(
    'metrics.pem',
    join(folder, 'metrics.pem'),
  );
  const text = `pid ${join(folder, 'pid')};\nevents {}\nhttp {\n${server.replaceAll('metrics.key', join(folder, 'metrics.key'))}}\n`;
  writeFileSync(join(folder, 'nginx.conf'), text);
  const { status, stderr } = spawnSync('nginx', ['-t', '-c', join(folder, 'nginx.conf')], { encoding: 'utf8' });
  expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('is successful') });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { expect, onTestFinished, test } from 'vitest';
import { Envelope } from '@sama/metrics/contracts';
import { allExamples, docPages, examples } from '../../../../scripts/examples.mjs';
import { SamaConfig } from '../config/config.ts';
import { listen } from '../http/listen.ts';
import { testApp } from '../testing/app.ts';
import { funnelEnvelope } from '../testing/engine.ts';
import { caddy, has, nginx, through } from '../testing/proxy.ts';
import { skipped } from '../testing/shell.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { recordedTerminal } from '../testing/terminal.ts';
import { writeDuckDb } from '../testing/warehouse-files.ts';
import { samaCommand } from './main.ts';
import { run } from './run.ts';

const root = resolve(import.meta.dirname, '../../../..');
const all = allExamples();

/** Every call of `sama` in the code of a page, without what stands before it and what it is piped into. */
function callsIn(page: string): string[] {
  const lines = all
    .filter((example) => example.page === page && ['sh', 'text'].includes(example.language))
    .flatMap(({ code }) => code.split('\n'));
  const inline = [...readFileSync(join(root, page), 'utf8').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...lines, ...inline].flatMap((text) => {
    const [, call] =
      /^(?:\w+=\$\()?(?:[A-Z_]+=\S+ )*(?:docker (?:run|exec) .*? sama |pnpm |)(sama [a-z].*)$/.exec(text.trim()) ?? [];
    return call === undefined ? [] : [call.replace(/ [|>#].*$|\)$/, '')];
  });
}

/** What is wrong with a call: a command or an option there is not. */
function faultOf(call: string): string | undefined {
  let command: Command = samaCommand(recordedTerminal());
  // What a command takes stands behind those within it too.
  const options = new Set(['--help', '--version']);
  const words = call.match(/"[^"]*"|'[^']*'|\S+/g)?.slice(1) ?? [];
  while (words[0] !== undefined) {
    const inner = command.commands.find((one) => one.name() === words[0]);
    if (inner === undefined) break;
    command = inner;
    for (const { long } of command.options) options.add(long ?? '');
    words.shift();
  }
  if (command.commands.length > 0 && words[0]?.startsWith('-') === false && command.registeredArguments.length === 0)
    return `${call}: there is no ${words[0]}`;
  const unknown = words.filter((word) => word.startsWith('--')).find((word) => !options.has(word.replace(/=.*$/, '')));
  return unknown === undefined ? undefined : `${call}: there is no ${unknown}`;
}

test('every sama command in the docs is there, with its options', () => {
  const calls = docPages().flatMap(callsIn);
  expect(calls.length).toBeGreaterThan(60);
  expect(calls.map(faultOf).filter((fault) => fault !== undefined)).toEqual([]);
  expect(['sama audits', 'sama token keyz a', 'sama serve --prot 1'].map(faultOf)).not.toContain(undefined);
});

test('every configuration in the docs is one', () => {
  const names = new Set(Object.keys(SamaConfig.shape));
  const found = all
    .filter(({ language }) => language === 'json')
    .map(({ code }): unknown => JSON.parse(code))
    .filter(
      (value) => typeof value === 'object' && value !== null && Object.keys(value).every((key) => names.has(key)),
    );
  expect(found.length).toBeGreaterThan(examples('configuration').length);
  for (const value of found) expect(SamaConfig.safeParse(value).error?.issues ?? []).toEqual([]);
});

test('the configuration over a DuckDB file answers from the file of the page, and the doctor finds it well', async () => {
  const folder = await temporaryFolder();
  const config = join(folder, 'sama.config.ts');
  const [tables = '', typed = ''] = examples('duckdb-file', 'sql', 'ts').map(({ code }) => code);
  // Node leaves the types out by itself, which the runner of the tests does not for this file.
  const ofFile = typed.replace(/^import type .*$/m, '').replace(/ satisfies \w+/, '');
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

/** Runs a program of the docs and gives what it printed. */
async function printed(name: string, code: string): Promise<string> {
  const folder = await mkdtemp(join(root, 'packages/server/dist/docs-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, name), code);
  return (await promisify(execFile)(process.execPath, [join(folder, name)], { timeout: 120_000 })).stdout;
}

test('elements are rendered as the page says, in the HTML it shows', async () => {
  const [program, html] = examples('rendered', 'js', 'html');
  const before = `const envelope = ${JSON.stringify(funnelEnvelope({ asOf: '2026-10-15T06:00:00Z' }))};
globalThis.fetch = (address) => { console.log('asked', address); return new Promise(() => undefined); };
`;
  const after = `await new Promise((resolve) => setTimeout(resolve, 50));
console.log(html, styleSheet('sama-funnel').hash);
process.exit();
`;
  const out = await printed('program.js', before + (program?.code ?? '') + after);
  expect(out).toMatch(/^<sama-funnel src="https:\/\/metrics[^]*18,400[^]*sha256-/);
  // Every part of the HTML is there, in this order, whatever stands in place of its dots.
  let at = 0;
  for (const part of (html?.code ?? '').split(/…|\n\s*/).filter((part) => part !== '')) {
    const next = out.indexOf(part, at);
    expect([part, next]).not.toEqual([part, -1]);
    at = next + part.length;
  }
});

const isProxied = has('nginx', '-v') || !skipped('the files for proxies', 'There is no nginx on this machine.');
const isCaddy = has('caddy', 'version') || !skipped('the Caddyfile of the docs', 'There is no Caddy on this machine.');

/** A server for a proxy, and the files of the page. */
async function proxied() {
  const server = await listen(testApp().app.fetch, 0);
  onTestFinished(() => server.close(0));
  const [forNginx, forCaddy] = examples('proxies', 'nginx', 'caddyfile').map(({ code }) => code);
  return { folder: await temporaryFolder(), port: server.port, forNginx, forCaddy };
}

test.skipIf(!isProxied)(
  'nginx hands on with the file of the docs, over HTTP/2 and TLS, all but the figures',
  async () => {
    const { folder, port, forNginx = '' } = await proxied();
    const { at, stop } = await nginx(folder, forNginx, [port]);
    onTestFinished(stop);
    expect(await through(at, '/v1/meta')).toMatchObject({ status: 200, version: '2' });
    expect((await through(at, '/metrics')).status).toBe(404);
  },
);

test.skipIf(!isCaddy)('Caddy hands on with the file of the docs, all but the figures', async () => {
  const { folder, port, forCaddy = '' } = await proxied();
  const { at, stop } = await caddy(folder, forCaddy, port);
  onTestFinished(stop);
  expect((await through(at, '/v1/meta')).status).toBe(200);
  expect((await through(at, '/metrics')).status).toBe(404);
});

import { chmod, cp, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';
import { examples } from '../../../../scripts/examples.mjs';
import { doctorCommand } from '../cli/doctor.ts';
import { main } from '../cli/main.ts';
import { run } from '../cli/run.ts';
import { Outbox } from '../escalation/outbox.ts';
import { listen } from '../http/listen.ts';
import { openDatabase } from '../ledger/database.ts';
import { Keyring } from '../sign-in/keyring.ts';
import { testApp } from '../testing/app.ts';
import { offer, openTestKeeper } from '../testing/ledgers.ts';
import { ALL } from '../testing/sign-in.ts';
import { openStore } from '../store/index.ts';
import { batchOf, person, temporaryFolder } from '../testing/stores.ts';
import { recordedTerminal } from '../testing/terminal.ts';
import { examineLedger } from './ledger.ts';
import { examineClock, examineDisk, examineNode, examinePort } from './machine.ts';
import { fileDatabases } from '../tables/sqlite-tables.ts';

const Said = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({ check: z.string(), standing: z.string(), found: z.string(), remedy: z.optional(z.string()) }),
  ),
});

async function doctor(store: string, ...args: readonly string[]) {
  const terminal = recordedTerminal();
  const port = await listen(() => new Response(), 0);
  await port.close(0);
  const all = ['--store', store, '--port', String(port.port), '--json', ...args];
  const code = await run(doctorCommand(terminal), all, terminal);
  const said = Said.parse(JSON.parse(terminal.written.out));
  const of = (check: string) => said.findings.find((finding) => finding.check === check);
  return { code, said, of, text: terminal.written.out + terminal.written.err };
}

let model: { folder: string; secret: string; batch: string };

beforeAll(async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'sama-doctor-')), 'store');
  const store = await openStore(folder, { threads: 1 });
  const { info } = await store.importChunks(batchOf('first'), [person('p1')]);
  await store.close();
  const keyring = await Keyring.open(folder);
  const { secret } = await keyring.add('host', 'HS256', ALL);
  await keyring.close();
  const keeper = await openTestKeeper(folder);
  await offer(keeper, 'H1');
  await keeper.close();
  await (await Outbox.open(fileDatabases(folder))).close();
  model = { folder, secret, batch: info.batch };
});
afterAll(() => rm(join(model.folder, '..'), { recursive: true }));

/** A store that lacks nothing. */
async function sound() {
  const folder = join(await temporaryFolder(), 'store');
  await cp(model.folder, folder, { recursive: true });
  return { ...model, folder };
}

test('finds nothing in a sound store, with a server in it or not, and says no secret', async () => {
  const { folder, secret } = await sound();
  const stopped = await doctor(folder);
  expect(stopped.said.findings.filter(({ standing }) => standing !== 'ok')).toEqual([]);
  expect([stopped.code, stopped.said.ok]).toEqual([0, true]);
  expect(stopped.of('ledger')?.found).toBe('version 2, 2 events, all replayed');
  const keeper = await openTestKeeper(folder);
  onTestFinished(() => keeper.close());
  const server = await listen(testApp().app.fetch, 0);
  onTestFinished(() => server.close(0));
  const running = await doctor(folder, '--port', String(server.port));
  expect(running.code).toBe(0);
  expect(running.of('port')?.found).toContain('a server of Sama answers');
  expect(stopped.text + running.text).not.toContain(secret);
});

test('a report reads as that of the page on operations', async () => {
  const { folder } = await sound();
  const file = join(folder, '..', 'leads.csv');
  await writeFile(file, 'Lead ID,Created,MQL date\nL-1,2026-07-01,2026-07-02\nL-2,2026-07-01,2026-13-13\n');
  // It says by the exit code that rows were refused.
  onTestFinished(() => void (process.exitCode = undefined));
  await main(['import', file, '--yes', '--store', folder], recordedTerminal());
  await chmod(join(folder, 'access.sqlite'), 0o644);
  const terminal = recordedTerminal();
  expect(await run(doctorCommand(terminal), ['--store', folder], terminal)).toBe(1);
  // Counts, ids and widths are those of the store.
  const shapes = (text: string): string[] =>
    text
      .replaceAll(folder, '.sama')
      .split('\n')
      .map((line) =>
        line
          .replace(/\b\w*\d[\w-]*/g, 'N')
          .replace(/ +/g, ' ')
          .replace(/batche?s?\b/, 'batch'),
      );
  const [page] = examples('doctor', 'text');
  const said = shapes(terminal.written.out);
  expect(shapes(page?.code ?? '').filter((line) => !said.includes(line))).toEqual([]);
});

test('says how to begin where there is nothing', async () => {
  const { code, of } = await doctor(join(await temporaryFolder(), 'none'));
  expect(code).toBe(0);
  expect(of('store')?.remedy).toContain('sama import');
  expect(of('keys')).toMatchObject({ standing: 'warn', found: expect.stringContaining('development mode') });
});

const newer = (path: string) => openDatabase(path, ['', '', 'SELECT 1']).close();

test('what is damaged, open to others or of a newer Sama is found, with what mends it', async () => {
  const { folder, batch } = await sound();
  await truncate(join(folder, 'layers', batch, 'records.parquet'), 30);
  await chmod(join(folder, 'access.sqlite'), 0o644);
  newer(join(folder, 'ledger.sqlite'));
  newer(join(folder, 'outbox.sqlite'));
  const { code, said } = await doctor(folder);
  expect([code, said.ok]).toEqual([1, false]);
  const failing = said.findings.filter(({ standing }) => standing === 'fail');
  expect(failing.map(({ check, found }) => [check, found])).toEqual([
    ['store', expect.stringContaining('records.parquet is missing or damaged')],
    ['ledger', expect.stringContaining('newer Sama')],
    ['key file', expect.stringContaining('mode 644')],
    ['store', expect.stringContaining('outbox.sqlite was written by a newer Sama')],
  ]);
  for (const { remedy } of failing) expect(remedy).toMatch(/\w/);
});

test('a file of keys that is none is named, by the doctor and by what needs it', async () => {
  const { folder } = await sound();
  const path = join(folder, 'access.sqlite');
  await writeFile(path, 'not a file of keys, but longer than nothing '.repeat(200));
  expect((await doctor(folder)).of('keys')).toMatchObject({
    standing: 'fail',
    found: expect.stringContaining(path),
    remedy: expect.stringContaining('sama restore'),
  });
  const terminal = recordedTerminal();
  expect(await main(['token', 'list', '--store', folder], terminal)).toBe(1);
  expect(terminal.written.err).toContain(`sama: ${path} is damaged, or is something else`);
});

test('a ledger is found damaged wherever it is', async () => {
  const harms: [(path: string) => unknown, RegExp][] = [
    [(path) => writeFile(path, 'x'.repeat(5000)), /not a database/],
    [(path) => changed(path, 'DROP TRIGGER events_remain; DELETE FROM events WHERE seq = 1'), /event 1 is missing/],
    [
      (path) => changed(path, `DROP TRIGGER events_stay; UPDATE events SET body = '{}' WHERE seq = 2`),
      /event 2 cannot/,
    ],
    [
      (path) =>
        changed(path, `DROP TRIGGER events_stay; UPDATE events SET body = replace(body, '"version":2', '"version":7')`),
      /do not fit together/,
    ],
  ];
  for (const [harm, message] of harms) {
    const { folder } = await sound();
    await harm(join(folder, 'ledger.sqlite'));
    const { findings } = await examineLedger(folder, undefined, { staff: { sellers: [], pools: [] } });
    expect(findings).toMatchObject([{ standing: 'fail', found: expect.stringMatching(message) }]);
  }
});

function changed(path: string, statements: string): void {
  const database = openDatabase(path);
  database.exec(statements);
  database.close();
}

test('nobody gets in when all keys were taken back, and a newer store is not read', async () => {
  const { folder } = await sound();
  const keyring = await Keyring.open(folder);
  for (const { id } of keyring.keys()) await keyring.revokeKey(id);
  await keyring.close();
  await writeFile(join(folder, 'store.json'), '{"schemaVersion": 99}');
  const { code, of } = await doctor(folder);
  expect([code, of('keys')?.found, of('store')?.found]).toEqual([
    1,
    expect.stringContaining('nobody gets in'),
    expect.stringContaining('newer Sama'),
  ]);
});

test('leftovers of an import and data of other layers are a warning: the next start mends them', async () => {
  const { folder } = await sound();
  await mkdir(join(folder, 'temporary', 'x'), { recursive: true });
  await writeFile(join(folder, 'CURRENT'), '99.duckdb\n');
  const { code, of } = await doctor(folder);
  expect(code).toBe(0);
  expect([of('writer')?.standing, of('store')?.standing]).toEqual(['warn', 'warn']);
});

test('a configuration that cannot be used, or names variables that are not set, is found', async () => {
  const { folder } = await sound();
  const file = join(folder, '..', 'sama.config.json');
  await writeFile(file, '{"timeZone": "Mars/Base"}');
  expect((await doctor(folder, '--config', file)).of('config')).toMatchObject({
    standing: 'fail',
    found: expect.stringContaining('Mars/Base'),
  });
  const escalation = { webhooks: [{ url: 'https://hooks.example.com/x', secretFrom: 'SAMA_ABSENT' }] };
  await writeFile(file, JSON.stringify({ escalation }));
  const { of, code } = await doctor(folder, '--config', file);
  expect([code, of('escalation')?.found]).toEqual([1, expect.stringContaining('SAMA_ABSENT is not set')]);
});

test('PostgreSQL that does not answer is found, without its password', async () => {
  const folder = join(await temporaryFolder(), 'none');
  const closed = await listen(() => new Response(), 0);
  await closed.close(0);
  process.env['SAMA_LEDGER_URL'] = `postgresql://sama:hunter2@127.0.0.1:${closed.port}/sama`;
  onTestFinished(() => void delete process.env['SAMA_LEDGER_URL']);
  const { code, of, text, said } = await doctor(folder);
  expect([code, of('postgresql')]).toEqual([
    1,
    expect.objectContaining({ found: expect.stringContaining('ECONNREFUSED') }),
  ]);
  expect(said.findings.filter(({ standing }) => standing === 'fail')).toHaveLength(1);
  const terminal = recordedTerminal();
  await main(['token', 'list', '--store', folder], terminal);
  expect(terminal.written.err).toMatch(
    /^sama: SAMA_LEDGER_URL: the keys cannot be opened: .*ECONNREFUSED.* sama doctor/,
  );
  expect(text).not.toContain('hunter2');
});

test.each([
  ['postgresql', 'postgresql'],
  ['clickhouse', 'http'],
])('questions that %s is to answer, and does not, are found, without its password', async (kind, scheme) => {
  const closed = await listen(() => new Response(), 0);
  await closed.close(0);
  process.env['SAMA_ENGINE_URL'] = `${scheme}://sama:hunter2@127.0.0.1:${closed.port}/`;
  onTestFinished(() => void delete process.env['SAMA_ENGINE_URL']);
  const { code, of, text } = await doctor(join(await temporaryFolder(), 'none'));
  expect([code, of(kind)]).toEqual([
    1,
    expect.objectContaining({ standing: 'fail', remedy: expect.stringContaining('SAMA_ENGINE_URL') }),
  ]);
  expect(text).not.toContain('hunter2');
});

test('ClickHouse that can be asked is found to be well, and one whose user may not read is not', async () => {
  let answer = new Response('{"records":41,"n":0,"sum":0,"min":null,"max":null}\n');
  const clickhouse = await listen(() => answer.clone(), 0);
  onTestFinished(() => clickhouse.close(0));
  process.env['SAMA_ENGINE_URL'] = `http://127.0.0.1:${clickhouse.port}/`;
  onTestFinished(() => void delete process.env['SAMA_ENGINE_URL']);
  const none = join(await temporaryFolder(), 'none');
  expect((await doctor(none)).of('clickhouse')).toMatchObject({ standing: 'ok' });
  answer = new Response('Code: 497. DB::Exception: sama: Not enough privileges.', { status: 403 });
  expect((await doctor(none)).of('clickhouse')).toMatchObject({ standing: 'fail' });
});

test('a port of another program is found', async () => {
  const other = createServer((socket) => socket.end('no HTTP\n'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await examinePort(taken)).toMatchObject({
    standing: 'fail',
    remedy: expect.stringContaining(`PORT=${taken + 10}`),
  });
});

test('Node.js, disk and clock are held against what is needed', async () => {
  expect(examineNode('22.1.0').standing).toBe('fail');
  expect((await examineDisk('nowhere/at/all', 2 ** 60)).standing).toBe('warn');
  const now = Date.parse('2026-07-01T12:00:00Z');
  expect(examineClock(now, [{ by: 'an event', at: now + 4_000 }]).standing).toBe('ok');
  expect(examineClock(now, [{ by: 'an event', at: now + 60_000 }])).toMatchObject({
    standing: 'fail',
    found: expect.stringContaining('60 s behind an event'),
  });
});

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';
import { type Example, examples } from '../../../../scripts/examples.mjs';
import { listen } from '../http/listen.ts';
import { connectPostgres } from '../ledger/index.ts';
import { Keyring } from '../sign-in/keyring.ts';
import { post } from '../testing/app.ts';
import { offer, openTestKeeper } from '../testing/ledgers.ts';
import { hasPostgres } from '../testing/local-postgres.ts';
import { type OwnDatabases, ownDatabases } from '../testing/own-database.ts';
import { has, nginx, through } from '../testing/proxy.ts';
import { served } from '../testing/served.ts';
import { callOf, linesOf, shell, skipped } from '../testing/shell.ts';
import { ALL, bearer } from '../testing/sign-in.ts';
import { databasesAt } from '../testing/ledgers.ts';
import { temporaryFolder } from '../testing/stores.ts';

const isThere = hasPostgres() || !skipped('the examples with PostgreSQL', 'There is none: see DATABASE_URL.');
const isProxied = has('nginx', '-v') || !skipped('two servers behind nginx', 'There is no nginx on this machine.');
const isDumped = has('pg_dump') || !skipped('pg_dump', 'It is not on this machine.');

/** The lines of the one block of shell in some examples. */
const linesIn = (all: Example[]): string[] => linesOf(all.find(({ language }) => language === 'sh')?.code ?? '');

/** Starts what a line of the docs starts, with other values in its environment and another store. */
async function started(line: string, environment: Record<string, string>, ...args: string[]) {
  const call = callOf(line);
  expect([call.args[0], Object.keys(call.environment)]).toEqual(['serve', Object.keys(environment)]);
  const given = call.args.slice(1).filter((arg, i, all) => arg !== '--store' && all[i - 1] !== '--store');
  const server = await served([...given, ...args], { ...environment, SAMA_LOG: 'silent' });
  onTestFinished(() => server.stop('SIGKILL'));
  return server;
}

/** The tables the mapping of the page reads, with some rows. */
const CRM = `CREATE SCHEMA crm;
CREATE TABLE crm.contacts (contact_id int, company_id int, owner_name text, region text, employee_count int, is_deleted boolean, created_at timestamptz);
CREATE TABLE crm.deals (deal_id int, contact_id int, total numeric(12, 2), won_on date);
CREATE TABLE crm.status_history (contact_id int, new_status text, changed_at timestamp);
INSERT INTO crm.contacts SELECT n, n % 3, 'Dana', 'North', 10 * n, n = 5, ('2026-07-0' || n || 'T08:00Z')::timestamptz FROM generate_series(1, 5) n;
INSERT INTO crm.status_history VALUES (1, 'Marketing qualified', '2026-07-03 10:00'), (2, 'Marketing qualified', '2026-07-04 10:00'), (1, 'Accepted', '2026-07-05 10:00'), (1, 'Qualified', '2026-07-06 10:00'), (3, 'Called', '2026-07-06 11:00');
INSERT INTO crm.deals VALUES (1, 1, 1234.50, '2026-08-01')`;

describe.skipIf(!isThere)('with PostgreSQL', () => {
  let databases: OwnDatabases;
  beforeAll(async () => {
    databases = await ownDatabases();
  });
  afterAll(() => databases?.stop());

  /** An empty database in which these statements have been run. */
  async function filled(statements: string): Promise<string> {
    const url = await databases.another();
    const postgres = connectPostgres(url, () => undefined);
    for (const statement of statements.split(';\n')) await postgres.query(statement);
    await postgres.close();
    return url;
  }

  test('a company’s own tables are read as the page on engines says, and nothing is written', async () => {
    const url = await filled(CRM);
    const folder = await temporaryFolder();
    const [config] = examples('engines', 'ts', 'sh');
    await writeFile(join(folder, 'sama.config.ts'), config?.code ?? '');
    const [query = '', serve = ''] = linesIn(examples('engines'));
    const { environment, args } = callOf(query);
    expect(Object.keys(environment)).toEqual(['SAMA_ENGINE_URL']);
    // In a process of its own, where it is Node that reads the configuration.
    const asked = await shell(folder, `sama ${args.join(' ')} --json | cat`, { SAMA_ENGINE_URL: url });
    expect({ code: asked.code, err: asked.err }).toEqual({ code: 0, err: '' });
    const { data } = z.parse(Funnel, JSON.parse(asked.out));
    expect(data.stages.map(({ count }) => count)).toEqual([4, 2, 1, 1, 1, 1]);
    const place = ['--config', join(folder, 'sama.config.ts'), '--store', join(folder, '.sama')];
    const server = await started(serve, { SAMA_ENGINE_URL: url }, ...place);
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
  });

  test.skipIf(!isDumped)('what servers share is dumped and restored as the page on operations says', async () => {
    const folder = await temporaryFolder();
    const [from, to] = [await databases.another(), await databases.another()];
    const keeper = await openTestKeeper(from);
    await offer(keeper, 'H1');
    await keeper.close();
    const [dump = '', restore = '', ...others] = linesIn(examples('dump'));
    expect(others).toEqual([]);
    expect(await shell(folder, dump, { SAMA_LEDGER_URL: from })).toMatchObject({ code: 0, err: '' });
    expect(await shell(folder, restore, { SAMA_LEDGER_URL: to })).toMatchObject({ code: 0, err: '' });
    const restored = await openTestKeeper(to);
    expect(restored.desk.lead('p-H1')).toMatchObject({ name: 'Cam Demoson' });
    await restored.close();
    const postgres = connectPostgres(to, () => undefined);
    await expect(postgres.query('DELETE FROM sama_ledger_events')).rejects.toThrow('only grows');
    await postgres.close();
  });

  test.skipIf(!isProxied)(
    'two servers behind nginx share what the page says, and one takes over from the other',
    async () => {
      const url = await databases.another();
      const folder = await temporaryFolder();
      const [serve] = linesIn(examples('two-servers'));
      const keyring = await Keyring.open(databasesAt(url));
      const { secret } = await keyring.add('intranet', 'issue', ALL);
      await keyring.close();
      const start = (name: string) => started(serve ?? '', { SAMA_LEDGER_URL: url }, '--store', join(folder, name));
      const servers = await Promise.all(['one', 'two'].map(start));
      const text = examples('two-servers').find(({ language }) => language === 'nginx')?.code ?? '';
      const ports = servers.map(({ address }) => Number(new URL(address).port));
      const proxy = await nginx(folder, text, ports);
      onTestFinished(proxy.stop);
      const wish = { v: 1, sub: 'dana', team: 'sales', role: 'seller' };
      const answer = await fetch(`${servers[0]?.address}/v1/tokens`, post(wish, bearer(secret)));
      const { token } = z.parse(z.object({ token: z.string() }), await answer.json());
      const ask = async (path: string) => (await through(proxy.at, path, bearer(token))).status;
      expect([await ask('/v1/meta'), await ask('/metrics'), await ask('/imports')]).toEqual([200, 404, 404]);
      await servers[0]?.stop('SIGKILL');
      const statuses = [];
      for (let i = 0; i < 6; i += 1) statuses.push(await ask('/v1/meta'));
      expect(statuses).toEqual(Array(6).fill(200));
    },
  );

  test('questions go to ClickHouse and the ledger to PostgreSQL, by two variables', async () => {
    const asked: string[] = [];
    const clickhouse = await listen(async (request) => {
      asked.push(await request.text());
      return new Response('{"records":0,"n":0,"sum":0,"min":null,"max":null}\n');
    }, 0);
    onTestFinished(() => clickhouse.close(0));
    const url = await databases.another();
    const [serve = ''] = linesIn(examples('clickhouse'));
    const folder = join(await temporaryFolder(), 'store');
    await mkdir(folder);
    const environment = { SAMA_ENGINE_URL: `http://127.0.0.1:${clickhouse.port}`, SAMA_LEDGER_URL: url };
    const server = await started(serve, environment, '--store', folder);
    const questions = [{ kind: 'measure', measure: { of: 'person', aggregates: ['count'] } }];
    const answer = await fetch(`${server.address}/v1/query`, post({ v: 1, questions }));
    expect(await answer.json()).toMatchObject({ answers: [{ envelope: { status: 'empty', engine: 'clickhouse' } }] });
    expect(asked.join()).toContain('SELECT');
    const postgres = connectPostgres(url, () => undefined);
    expect(await postgres.query("SELECT to_regclass('sama_ledger_events') IS NOT NULL AS made")).toEqual([
      { made: true },
    ]);
    await postgres.close();
  });
});

const Funnel = z.object({ data: z.object({ stages: z.array(z.object({ count: z.int() })) }) });

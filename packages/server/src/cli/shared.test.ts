import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { connectPostgres } from '../ledger/index.ts';
import { openStore } from '../store/index.ts';
import { offer, openTestKeeper } from '../testing/ledgers.ts';
import { schemaOn } from '../testing/postgres-ledgers.ts';
import { served } from '../testing/served.ts';
import { bearer } from '../testing/sign-in.ts';
import { batchOf, person, temporaryFolder } from '../testing/stores.ts';
import { recordedTerminal } from '../testing/terminal.ts';
import { main } from './main.ts';

const url = process.env['DATABASE_URL'];
const PATIENT = { timeout: 30_000 };
const MOST = 60;
const Findings = z.object({
  findings: z.array(z.object({ check: z.string(), found: z.string(), standing: z.string() })),
});

/** `sama` with what several servers share. */
async function sama(...args: string[]): Promise<string> {
  const terminal = recordedTerminal();
  const code = await main(args, terminal);
  if (code !== 0) throw new Error(terminal.written.err);
  return terminal.written.out.trim();
}

describe.runIf(url !== undefined)('two servers of one PostgreSQL', () => {
  test('share keys, tickets, snapshots, limits and what is taken back; a person is forgotten in all of it', async () => {
    const { at, drop } = await schemaOn(url ?? '');
    process.env['SAMA_LEDGER_URL'] = at;
    onTestFinished(async () => {
      delete process.env['SAMA_LEDGER_URL'];
      await drop();
    });
    const keeper = await openTestKeeper(at);
    await offer(keeper, 'H1');
    await keeper.close();
    const root = await temporaryFolder();
    const config = join(root, 'sama.config.json');
    await writeFile(config, JSON.stringify({ operations: { requestsPerMinute: MOST } }));
    const secret = await sama(
      'token',
      'key',
      'host',
      '--store',
      root,
      '--scope',
      '*',
      '--cap',
      'export',
      '--cap',
      'act',
      '--suppress',
      '0',
    );
    const start = async (name: string) => {
      const folder = join(root, name);
      const server = await served(['--store', folder, '--config', config]);
      onTestFinished(() => server.stop('SIGKILL'));
      return { folder, ask: (path: string, init?: RequestInit) => fetch(`${server.address}${path}`, init) };
    };
    // Of records one has some.
    const store = await openStore(join(root, 'one'), { threads: 1 });
    await store.importChunks(batchOf('first'), [person('p1')]);
    await store.close();
    const [one, two] = await Promise.all([start('one'), start('two')]);
    const of = async <T>(schema: z.ZodMiniType<T>, response: Response | Promise<Response>): Promise<T> =>
      z.parse(schema, await (await response).json());
    const posting = (body: unknown, key = secret): RequestInit => ({
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(key) },
      body: JSON.stringify(body),
    });
    const Token = z.object({ token: z.string() });
    const wish = { team: 'sales', role: 'manager', scopes: ['*'], caps: ['export', 'act'], suppress: 0, seconds: 600 };
    const tokenFor = async (sub: string, server: typeof one) =>
      (await of(Token, server.ask('/v1/tokens', posting({ v: 1, sub, ...wish })))).token;

    const dana = bearer(await tokenFor('dana', one));
    expect((await two.ask('/v1/meta', { headers: dana })).status).toBe(200);

    // What draws pages is loaded for the first of them; a ticket lives for a minute.
    await Promise.all([one, two].map(async (server) => (await server.ask('/embed/handoff-queue')).text()));
    const { ticket } = await of(
      z.object({ ticket: z.string() }),
      one.ask('/v1/tokens', posting({ v: 1, sub: 'eli', ticket: true, scopes: ['*'] })),
    );
    const page = async (server: typeof one) => (await server.ask(`/embed/handoff-queue?ticket=${ticket}`)).text();
    const pages = await Promise.all([page(one), page(two)]);
    expect(pages.filter((text) => text.includes('id="waits"'))).toHaveLength(1);

    const questions = [{ kind: 'funnel', funnel: 'lead-to-won', period: '2026' }];
    const made = await one.ask('/v1/snapshots', posting({ v: 1, title: 'Q3', questions }, await tokenFor('dana', two)));
    const { id, link } = await of(z.object({ id: z.string(), link: z.string() }), made);
    expect((await two.ask(link)).status).toBe(200);
    await sama('snapshot', 'revoke', id, '--store', one.folder);
    expect([(await one.ask(link)).status, (await two.ask(link)).status]).toEqual([410, 410]);

    const doctor = recordedTerminal();
    await main(['doctor', '--store', two.folder, '--json'], doctor);
    const { findings } = z.parse(Findings, JSON.parse(doctor.written.out));
    expect(
      findings.filter(({ check }) => ['postgresql', 'keys', 'notices', 'snapshots'].includes(check)),
    ).toMatchObject([
      { check: 'postgresql', standing: 'ok' },
      { check: 'keys', standing: 'ok', found: '1 holds' },
      { check: 'notices', standing: 'ok', found: 'none waits longer than it should' },
      { check: 'snapshots', standing: 'ok', found: 'shared, version 1' },
    ]);

    const all = async (): Promise<string> => {
      const postgres = connectPostgres(at, () => undefined);
      const tables = await postgres.query('SELECT tablename FROM pg_tables WHERE schemaname = current_schema()');
      const rows = await Promise.all(
        tables.map(({ tablename }) => postgres.query(`SELECT * FROM ${String(tablename)}`)),
      );
      await postgres.close();
      return JSON.stringify(rows);
    };
    expect(await all()).toContain('Cam Demoson');
    expect(await all()).not.toContain(secret);
    expect((await two.ask('/v1/persons/p-H1', { method: 'DELETE', headers: dana })).status).toBe(204);
    expect(await all()).not.toContain('Cam Demoson');
    await vi.waitFor(async () => {
      const known = await one.ask('/v1/persons/p-H1', { headers: bearer(await tokenFor('ops', one)) });
      expect(await known.text()).not.toContain('Cam Demoson');
    }, PATIENT);

    // Of both together, whichever is asked, and by new tokens too.
    const eager = [bearer(await tokenFor('eager', one)), bearer(await tokenFor('eager', two))];
    const began = performance.now();
    const statuses = await Promise.all(
      Array.from({ length: 2 * MOST }, async (_, i) => {
        const response = await (i % 2 === 0 ? one : two).ask('/v1/meta', { headers: eager[i % 4 < 2 ? 0 : 1] ?? {} });
        return response.status;
      }),
    );
    const letIn = statuses.filter((status) => status === 200).length;
    expect(letIn).toBeLessThanOrEqual(MOST * Math.ceil((performance.now() - began) / 60_000));
    expect(letIn).toBeGreaterThanOrEqual(MOST - MOST / 20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2 * MOST - letIn);

    const flo = bearer(await tokenFor('flo', one));
    await sama('token', 'revoke', '--subject', 'flo', '--store', root);
    for (const server of [one, two])
      await vi.waitFor(async () => expect((await server.ask('/v1/meta', { headers: flo })).status).toBe(401), PATIENT);
    const [key = ''] = /key_\w+/.exec(await sama('token', 'keys', '--store', root)) ?? [];
    await sama('token', 'revoke-key', key, '--store', root);
    for (const server of [one, two])
      await vi.waitFor(async () => expect((await server.ask('/v1/meta', { headers: dana })).status).toBe(401), PATIENT);
  });
});

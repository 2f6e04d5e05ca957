import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { COG, commandOn, give, MARKETER, offer, openTestKeeper, SERVO } from '../testing/ledgers.ts';
import { inProcess, type LedgerPlace, onServer } from '../testing/postgres-ledgers.ts';
import { PostgresShelf } from './postgres-shelf.ts';

/** News comes when it comes: on a machine with other work, later. */
const PATIENT = { timeout: 10_000 };
const url = process.env['DATABASE_URL'];
const places: [name: string, open: () => Promise<LedgerPlace>][] = [['in this process', inProcess]];
if (url !== undefined) places.push(['of DATABASE_URL', () => onServer(url)]);

describe.each(places)('a ledger in the PostgreSQL %s', (_name, openPlace) => {
  let place: LedgerPlace;
  const keeperAt = async (logged?: unknown[]) => openTestKeeper(await place.open(), logged);
  beforeAll(async () => {
    place = await openPlace();
  });
  afterAll(() => place.close());

  test('is there again after a restart, with what is known of people; who is forgotten is forgotten', async () => {
    const first = await keeperAt();
    await offer(first, 'H1');
    await offer(first, 'H2');
    const accept = commandOn('H1', 'accept', {}, 2);
    expect(await give(first, SERVO, accept)).toMatchObject({ status: 'done', version: 3 });
    await first.forget('p-H2');
    const states = [...first.desk.handoffs()];
    await first.close();
    const again = await keeperAt();
    expect([...again.desk.handoffs()]).toEqual(states);
    expect([again.desk.lead('p-H1')?.name, again.desk.lead('p-H2')]).toEqual(['Cam Demoson', undefined]);
    // The same command again, as after an answer that was lost.
    expect(await give(again, SERVO, accept)).toMatchObject({ status: 'done', version: 3 });
    expect(again.version).toBe(5);
    await again.close();
  });

  test('has one winner, whichever of two servers is asked, and both know who', async () => {
    const logged: unknown[] = [];
    const servers = [await keeperAt(logged), await keeperAt(logged)] as const;
    const [one, two] = servers;
    const before = one.version;
    for (let round = 0; round < 5; round += 1) {
      const id = `R${round}`;
      await offer(one, id);
      const outcomes = await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          give(i % 4 < 2 ? one : two, i % 2 === 0 ? SERVO : COG, commandOn(id, 'accept', {}, 2)),
        ),
      );
      const done = outcomes.filter(({ status }) => status === 'done');
      expect(new Set(done.map(({ version }) => version))).toEqual(new Set([3]));
      const winner = one.desk.log(id).at(-1)?.by.id;
      expect(outcomes.flatMap(({ by }) => by?.id ?? []).filter((loser) => loser !== winner)).toEqual([]);
      expect(outcomes.filter(({ status }) => status === 'conflict').length).toBe(20);
    }
    // Other commands of both at once: none is lost, none doubled.
    await Promise.all(
      servers.flatMap((server, s) =>
        Array.from({ length: 10 }, (_, n) =>
          give(server, MARKETER, commandOn(`W${s}-${n}`, 'draft', { personId: 'p' }, 0)),
        ),
      ),
    );
    await vi.waitFor(() => expect([one.version, two.version]).toEqual([before + 35, before + 35]), PATIENT);
    expect([...two.desk.logs()]).toEqual([...one.desk.logs()]);
    expect(logged).toEqual([]);
    await Promise.all(servers.map((server) => server.close()));
  });

  test('tells each server what another did, without being asked', async () => {
    const [one, two] = [await keeperAt(), await keeperAt()];
    await offer(one, 'T1');
    await vi.waitFor(() => expect(two.desk.log('T1')).toHaveLength(2), PATIENT);
    await vi.waitFor(() => expect(two.desk.lead('p-T1')?.name).toBe('Cam Demoson'), PATIENT);
    await two.forget('p-T1');
    await vi.waitFor(() => expect(one.desk.lead('p-T1')).toBeUndefined(), PATIENT);
    await Promise.all([one.close(), two.close()]);
  });

  test('only grows, and one of a newer version is refused', async () => {
    const postgres = place.postgres();
    await PostgresShelf.open(postgres);
    await expect(postgres.query("UPDATE sama_ledger_events SET at = ''")).rejects.toThrow('only grows');
    await expect(postgres.query('DELETE FROM sama_ledger_events')).rejects.toThrow('only grows');
    await expect(postgres.query('TRUNCATE sama_ledger_events')).rejects.toThrow('only grows');
    await expect(PostgresShelf.open(postgres, [])).rejects.toThrow(
      /newer Sama \(version 2 of sama_ledger; this one reads up to 0\)/,
    );
    await postgres.close();
  });
});

describe.runIf(url !== undefined)('when connections to the server break', () => {
  test('a command fails or is done, nothing is lost or doubled, and others are heard again', async () => {
    const place = await onServer(url ?? '');
    const [one, two] = [await openTestKeeper(await place.open()), await openTestKeeper(await place.open())];
    await offer(one, 'B1');
    const admin = place.postgres();
    const end = () =>
      admin.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()',
        [place.name],
      );
    const kept: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      if (n % 5 === 2) void end().catch(() => undefined);
      const command = commandOn(`B-${n}`, 'draft', { personId: 'p' }, 0);
      for (;;) {
        const outcome = await give(one, MARKETER, command).catch(() => undefined);
        if (outcome === undefined) continue;
        expect(outcome).toMatchObject({ status: 'done', version: 1 });
        kept.push(`B-${n}`);
        break;
      }
    }
    await vi.waitFor(() => expect(kept.filter((id) => two.desk.log(id).length !== 1)).toEqual([]), PATIENT);
    expect(two.version).toBe(one.version);
    await Promise.all([one.close(), two.close()]);
    await admin.close();
    await place.close();
  });
});

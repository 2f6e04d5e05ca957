import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Outbox, OUTBOX, type Delivery } from '../escalation/outbox.ts';
import type { OutgoingNotice } from '../escalation/notice.ts';
import { KEYS, Keyring } from '../sign-in/keyring.ts';
import { tokenSignIn } from '../sign-in/tokens.ts';
import { SNAPSHOTS, Snapshots } from '../snapshots/store.ts';
import { funnelEnvelope } from '../testing/engine.ts';
import { keptPlaces, type KeptPlace } from '../testing/kept-places.ts';
import { ALL, NOON } from '../testing/sign-in.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { fileDatabases } from './sqlite-tables.ts';
import { takeOver } from './take-over.ts';

/** What another server has done shows when it shows: on a machine with other work, later. */
const PATIENT = { timeout: 20_000 };
const AUDIENCE = { audience: 'sama', tenant: 'default' };

const [MAIL, HOOK, RULE] = [{ name: 'mail' }, { name: 'hook' }, { name: 'rule', inOrder: true }];
const BOTH = [MAIL, HOOK];

const notice = (handoff: string): OutgoingNotice => ({
  v: 1,
  id: `id-${handoff}`,
  does: 'nudge',
  handoff,
  clock: 'acceptance',
  percent: 50,
  to: ['owner'],
  seller: 'dana',
  pool: null,
  rating: null,
  at: '2026-06-01T09:00:00Z',
});

describe.each(keptPlaces)('what is kept in $name', ({ isShared, open: openPlace }) => {
  let place: KeptPlace;
  beforeAll(async () => {
    place = await openPlace();
  });
  afterAll(() => place.close());

  const keyringAt = async (now = () => NOON): Promise<Keyring> => {
    const keyring = await Keyring.open(place.databases(), now);
    onTestFinished(() => keyring.close());
    return keyring;
  };
  const outboxAt = async (): Promise<Outbox> => {
    const outbox = await Outbox.open(place.databases());
    onTestFinished(() => outbox.close());
    return outbox;
  };

  test('keys, pairs and what is taken back hold at every server; a ticket opens one page at one of them', async () => {
    const [one, two] = [await keyringAt(), await keyringAt()];
    const [first, second] = [tokenSignIn(one, AUDIENCE), tokenSignIn(two, AUDIENCE)];
    const { key, secret } = await one.add('intranet', 'issue', ALL, { expires: NOON + 9_000 });
    await vi.waitFor(() => expect(two.key(key.id)).toEqual(key), PATIENT);
    const { token } = await first.issuer(`Bearer ${secret}`)({ v: 1, sub: 'dana' });
    await vi.waitFor(async () => expect((await second.enter(`Bearer ${token}`)).subject).toBe('dana'), PATIENT);
    const inside = await second.enter(`Bearer ${token}`);
    expect((await two.issued()).map(({ sub }) => sub)).toEqual(['dana']);

    const tickets = await Promise.all(
      Array.from({ length: 8 }, () => first.tickets.issuer(`Bearer ${secret}`)({ v: 1, sub: 'eli', ticket: true })),
    );
    for (const { ticket } of tickets) {
      const opened = await Promise.all([first, second, first, second].map(({ tickets: at }) => at.open(ticket)));
      expect(opened.filter((signed) => signed?.subject === 'eli')).toHaveLength(1);
      expect(opened.filter((signed) => signed === undefined)).toHaveLength(3);
    }

    await one.revoke('subject', 'dana');
    await vi.waitFor(() => expect(inside.holds()).toBe(false), PATIENT);
    await expect(second.enter(`Bearer ${token}`)).rejects.toMatchObject({ code: 'unauthenticated' });
    const { kid } = await one.signer();
    const { token: before } = await first.issuer(`Bearer ${secret}`)({ v: 1, sub: 'flo' });
    const { kid: next } = await two.rotate();
    await vi.waitFor(async () => expect((await one.signer()).kid).toBe(next), PATIENT);
    expect(kid).not.toBe(next);
    const still = await second.enter(`Bearer ${before}`);
    await two.revokeKey(key.id);
    await vi.waitFor(() => expect(one.key(key.id)).toBeUndefined(), PATIENT);
    expect(still.holds()).toBe(false);
    await expect(one.revokeKey(key.id)).rejects.toThrow('no key');
    expect(() => first.issuer(`Bearer ${secret}`)).toThrow('Send a key');
    // Of what asks for tokens and opens pages only hashes are kept.
    expect(JSON.stringify(two.keys())).not.toContain(secret);
  });

  test('a snapshot that one server made opens at the other, until either takes it back', async () => {
    const [one, two] = [await Snapshots.open(place.databases()), await Snapshots.open(place.databases())];
    const answers = [funnelEnvelope({ asOf: '2026-06-16T06:00:00Z' })];
    const { id, link } = await one.add(answers, { title: 'Q3 \0', maker: 'dana', days: 1 });
    expect(await two.open(link)).toMatchObject({ answers });
    expect((await two.list('dana')).map((line) => line.id)).toEqual([id]);
    expect(await two.list('eli')).toEqual([]);
    expect([await two.revoke(id, 'eli'), await two.revoke(id, 'dana'), await one.revoke(id)]).toEqual([
      false,
      true,
      false,
    ]);
    expect([await one.open(link), await one.open('none')]).toEqual(['gone', undefined]);
    await one.close();
    await two.close();
  });

  test('a notice is made once, each delivery is with one server, and one that is not heard of again goes to another', async () => {
    await place.empty();
    const [one, two] = [await outboxAt(), await outboxAt()];
    expect([await one.isNew(), await two.isNew()]).toEqual([true, true]);
    await Promise.all([one.begin(['passed'], 5), two.begin(['passed', 'not passed'], 6)]);
    expect(await two.isNew()).toBe(false);
    // Whoever did not know it makes no second one, whatever its channels.
    await two.add('passed', notice('passed'), ['mail'], 0);
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        [one, two].map((outbox) => outbox.add(`n${n}`, notice(`H${n}`), ['mail', 'hook'], 10)),
      ).flat(),
    );
    await one.add('later', notice('later'), ['mail'], 1_000);
    const keys = Array.from({ length: 12 }, (_, n) => `n${n}`).toSorted();
    expect((await two.waiting(10)).map(({ key }) => key).toSorted()).toEqual(keys);
    expect(await one.claim(BOTH, 10, 500)).toBeUndefined();
    for (const key of keys) await (key === 'n3' ? one : two).settle(key, key !== 'n3');
    // Who looks later finds it decided.
    await one.settle('n3', true);
    const claimAll = async (outbox: Outbox): Promise<Delivery[]> => {
      const found: Delivery[] = [];
      for (;;) {
        const next = await outbox.claim(BOTH, 10, 500);
        if (next === undefined) return found;
        found.push(next);
      }
    };
    const claimed = (await Promise.all([claimAll(one), claimAll(two)])).flat();
    const names = claimed.map(({ key, channel }) => `${key} ${channel}`);
    expect(names.toSorted()).toEqual(keys.flatMap((key) => (key === 'n3' ? [] : [`${key} hook`, `${key} mail`])));
    const [held, failed, ...rest] = claimed;
    if (held === undefined || failed === undefined) throw new Error('none');
    for (const delivery of rest) await one.end(delivery, 'done');
    await one.later(failed, 400);
    // One server is gone with `held`: the other waits for it until its time is over, and not longer.
    expect(await two.claim(BOTH, 399, 900)).toBeUndefined();
    expect(await two.claim(BOTH, 400, 900)).toMatchObject({ key: failed.key, attempts: 1 });
    const again = await two.claim(BOTH, 500, 901);
    expect(again).toEqual(held);
    // Whoever comes back late changes nothing of what the other has done.
    if (again === undefined) throw new Error('none');
    await two.end(again, 'done');
    await one.later(held, 0);
    await one.end(failed, 'done');
    expect(await two.claim(BOTH, 950, 960)).toBeUndefined();
    await one.settle('later', true);
    expect(await two.claim([HOOK], 2_000, 2_100)).toBeUndefined();
    await two.leave(['hook'], 2_000);
    expect(await two.claim([MAIL], 2_000, 2_100)).toBeUndefined();

    // Where one has to follow the other, it waits for its end at whichever server, and a failure keeps nobody.
    for (const key of ['r1', 'r2', 'r3']) {
      await one.add(key, notice(key), ['rule'], 3_000);
      await one.settle(key, true);
    }
    const r1 = await one.claim([RULE], 3_000, 3_500);
    expect([r1?.key, await two.claim([RULE], 3_000, 3_500)]).toEqual(['r1', undefined]);
    if (r1 !== undefined) await one.end(r1, 'done');
    const r2 = await two.claim([RULE], 3_000, 3_500);
    expect([r2?.key, await one.claim([RULE], 3_000, 3_500)]).toEqual(['r2', undefined]);
    if (r2 !== undefined) await two.later(r2, 9_000);
    expect((await one.claim([RULE], 3_000, 3_500))?.key).toBe('r3');
  });

  test('is brought forward from every version of its tables, and those of a newer Sama are refused', async () => {
    for (const plan of [KEYS, OUTBOX, SNAPSHOTS]) {
      for (let version = 1; version <= Math.max(plan.file.length, plan.shared.length); version += 1) {
        await place.empty();
        await (await place.databases(version).open(plan)).close();
        const now = await place.databases().open(plan);
        for (const { table, columns } of plan.carried)
          expect(await now.run(`SELECT ${columns.join(', ')} FROM ${now.prefix}${table}`)).toEqual([]);
        await now.close();
        await expect(place.databases(0).open(plan)).rejects.toThrow(/newer Sama \(version \d/);
      }
    }
  });

  test.runIf(isShared)(
    'a server that begins to share takes along what it had, once, and what was taken back anywhere is',
    async () => {
      await place.empty();
      const shared = place.databases();
      const [folder, other] = [await temporaryFolder(), await temporaryFolder()];
      const kept = async (at: string, sub: string) => {
        const keyring = await Keyring.open(at, () => NOON);
        const { key, secret } = await keyring.add(sub, 'issue', ALL);
        const { token } = await tokenSignIn(keyring, AUDIENCE).issuer(`Bearer ${secret}`)({ v: 1, sub });
        const { ticket } = await tokenSignIn(keyring, AUDIENCE).tickets.issuer(`Bearer ${secret}`)({ v: 1, sub });
        await keyring.revoke('subject', `${sub}-gone`);
        const snapshots = await Snapshots.open(at, () => NOON);
        const { link } = await snapshots.add([], { title: sub, maker: sub, days: 1 });
        await snapshots.close();
        return { keyring, key, token, ticket, link };
      };
      const first = await kept(folder, 'dana');
      await first.keyring.close();
      // The second server has a copy of the keys, in which one is taken back, and one of its own.
      const second = await kept(other, 'eli');
      const copy = await fileDatabases(folder).open(KEYS);
      const into = await fileDatabases(other).open(KEYS);
      const [row] = await copy.run('SELECT * FROM keys');
      const columns = ['id', 'name', 'use', 'secret', 'allowed'];
      await into.run(
        `INSERT INTO keys (${columns.join(', ')}, created) VALUES ($1, $2, $3, $4, $5, 1)`,
        ...columns.map((column) => String(row?.[column])),
      );
      await copy.close();
      await into.close();
      await second.keyring.revokeKey(first.key.id);
      await second.keyring.close();
      const outbox = await Outbox.open(fileDatabases(folder));
      await outbox.begin(['passed'], 1);
      await outbox.add('n', notice('H1'), ['mail'], 2);
      await outbox.close();

      const plans = [KEYS, OUTBOX, SNAPSHOTS];
      expect((await takeOver(folder, shared, plans)).map(({ holds }) => holds)).toEqual([
        'keys',
        'notices',
        'snapshots',
      ]);
      const keyring = await Keyring.open(shared, () => NOON);
      const signIn = tokenSignIn(keyring, AUDIENCE);
      expect((await signIn.enter(`Bearer ${first.token}`)).subject).toBe('dana');
      expect((await takeOver(other, shared, plans)).map(({ holds }) => holds)).toEqual(['keys', 'snapshots']);
      await vi.waitFor(() => expect(keyring.key(first.key.id)).toBeUndefined(), PATIENT);
      await expect(signIn.enter(`Bearer ${first.token}`)).rejects.toMatchObject({ code: 'unauthenticated' });
      expect((await signIn.enter(`Bearer ${second.token}`)).subject).toBe('eli');
      expect(keyring.isRevoked({ jti: 'x', sub: 'dana-gone', iat: NOON })).toBe(true);
      expect(await signIn.tickets.open(second.ticket)).toBeUndefined();
      const snapshots = await Snapshots.open(shared, () => NOON);
      expect(await snapshots.open(first.link)).toMatchObject({ title: 'dana' });
      expect(await snapshots.open(second.link)).toMatchObject({ title: 'eli' });
      const notices = await Outbox.open(shared);
      expect([await notices.isNew(), [...notices.keys].toSorted()]).toEqual([false, ['n', 'passed']]);
      expect((await notices.waiting(2)).map(({ key }) => key)).toEqual(['n']);
      // The secrets that are left lie as closed as before, under a name no server opens.
      expect(existsSync(join(folder, 'access.sqlite'))).toBe(false);
      expect(statSync(join(folder, 'access.sqlite.shared')).mode & 0o077).toBe(0);
      expect(await takeOver(folder, shared, plans)).toEqual([]);
      await Promise.all([keyring.close(), snapshots.close(), notices.close()]);
    },
  );
});

test('what waited for a channel in an outbox of before goes on waiting, and was looked at where it has failed', async () => {
  const folder = await temporaryFolder();
  const before = await fileDatabases(folder).open({ ...OUTBOX, file: OUTBOX.file.slice(0, 1) });
  for (const [key, attempts] of [
    ['tried', 2],
    ['new', 0],
  ] as const) {
    await before.run('INSERT INTO notices (key, body) VALUES ($1, $2)', key, JSON.stringify(notice(key)));
    await before.run("INSERT INTO deliveries VALUES ($1, 'mail', 'waiting', $2, 7)", key, attempts);
  }
  await before.close();
  const outbox = await Outbox.open(fileDatabases(folder));
  expect((await outbox.waiting(7)).map(({ key }) => key)).toEqual(['new']);
  expect(await outbox.claim([MAIL], 7, 8)).toMatchObject({ key: 'tried', attempts: 2 });
  await outbox.close();
});

import { join } from 'node:path';
import type { LedgerAuditLine } from '@sama/metrics/desk';
import { describe, expect, test } from 'vitest';
import { commandOn, give, MARKETER, offer, openTestKeeper, SERVO } from '../testing/ledgers.ts';
import { inProcess } from '../testing/postgres-ledgers.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { openDatabase, STEPS as SQLITE_STEPS } from './database.ts';
import { doorOf } from './door.ts';
import type { Row } from './messages.ts';
import { PostgresShelf, STEPS as POSTGRES_STEPS } from './postgres-shelf.ts';
import { SqliteShelf } from './sqlite-shelf.ts';
import type { Shelf } from './shelf.ts';

/** A ledger as a version of its tables left it, with one event, and how it is opened now. */
interface OldPlace {
  leave(version: number, row: Row): Promise<void>;
  shelf(): Promise<Shelf>;
  close(): Promise<void>;
}
const places: [name: string, released: number, open: () => Promise<OldPlace>][] = [
  [
    'SQLite',
    SQLITE_STEPS.length,
    async () => {
      const folder = await temporaryFolder();
      return {
        leave: async (version, { kind, target, version: of, commandId, at, body }) => {
          const database = openDatabase(join(folder, 'ledger.sqlite'), SQLITE_STEPS.slice(0, version));
          database
            .prepare('INSERT INTO events VALUES (1, ?, ?, ?, ?, ?, ?)')
            .run(kind, target, of, commandId, at, body);
          database.close();
        },
        shelf: () => SqliteShelf.open(folder),
        close: async () => undefined,
      };
    },
  ],
  [
    'PostgreSQL',
    POSTGRES_STEPS.length,
    async () => {
      const place = await inProcess();
      return {
        leave: async (version, row) =>
          (await PostgresShelf.open(place.postgres(), POSTGRES_STEPS.slice(0, version))).append([row], 0),
        shelf: place.open,
        close: place.close,
      };
    },
  ],
];

/** A draft as every version of the tables has kept it. */
const DRAFT = { type: 'handoff.draft', payload: { personId: 'p-old' } };
const OLD: Row = {
  kind: 'handoff',
  target: 'old',
  version: 1,
  commandId: 'of-old',
  at: '2026-01-05T09:00:00Z',
  body: JSON.stringify({
    v: 1,
    commandId: 'of-old',
    target: 'old',
    version: 1,
    by: MARKETER,
    at: '2026-01-05T09:00:00Z',
    action: DRAFT,
  }),
};

describe.each(places)('a ledger in %s', (_name, released, open) => {
  test('is brought forward from every version of its tables, says who did what in words a table can hold, and forgets a person beside its log', async () => {
    for (let version = 1; version < released; version += 1) {
      const place = await open();
      await place.leave(version, OLD);
      expect((await tells(place.shelf)).length, `version ${version}`).toBe(8);
      await place.close();
    }
  });
});

/** Everything that is asked of a ledger as a whole, after the one event it has. */
async function tells(shelf: () => Promise<Shelf>): Promise<readonly LedgerAuditLine[]> {
  const keeper = await openTestKeeper(await shelf());
  await offer(keeper, 'H1');
  await give(keeper, SERVO, commandOn('H1', 'accept', {}, 2));
  await give(keeper, SERVO, commandOn('H1', 'return', { missing: [{ element: 'missing.phone' }] }, 3));
  await give(keeper, SERVO, commandOn('H1', 'undo', {}, 4));
  const mark = { at: '2026-06-10', text: 'trade fair' };
  const annotate = (type: string, version: number, payload: Record<string, unknown>) =>
    give(keeper, MARKETER, {
      v: 1,
      commandId: `${type}-${version}`,
      target: '=fair',
      type,
      payload,
      expectedVersion: version,
    });
  expect(await annotate('annotation.add', 0, mark)).toMatchObject({ status: 'done' });
  expect(await annotate('annotation.remove', 1, {})).toMatchObject({ status: 'done' });
  const before = doorOf(keeper);
  const lines = before.audit();
  expect(lines.map(({ kind, event, before: from, after }) => [kind, event, from, after])).toEqual([
    ['handoff', 'draft', null, 'draft'],
    ['handoff', 'draft', null, 'draft'],
    ['handoff', 'offer', 'draft', 'offered'],
    ['handoff', 'accept', 'offered', 'accepted'],
    ['handoff', 'return', 'accepted', 'returned'],
    ['handoff', 'undo', 'returned', 'accepted'],
    ['annotation', 'add', null, 'stands'],
    ['annotation', 'remove', 'stands', 'removed'],
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/Demoson|Mustermann|trade fair/);
  const marks = before.marks();
  await keeper.close();

  const again = await openTestKeeper(await shelf());
  const door = doorOf(again);
  expect([door.audit(), door.marks()]).toEqual([lines, marks]);
  expect(door.person('p-H1')).toMatchObject({
    card: { name: 'Cam Demoson' },
    handoffs: [{ id: 'H1', events: { length: 5 } }],
  });
  await door.forget('p-H1');
  expect(door.person('p-H1')).toMatchObject({ handoffs: [{ id: 'H1' }] });
  expect(door.person('p-H1')).not.toHaveProperty('card');
  expect(door.person('nobody')).toBeUndefined();
  await again.close();
  const third = await openTestKeeper(await shelf());
  expect([doorOf(third).audit(), third.desk.lead('p-H1')]).toEqual([lines, undefined]);
  await third.close();
  return lines;
}

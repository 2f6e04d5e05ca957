import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signatureOf } from '../escalation/webhook.ts';
import { STAGES } from '../testing/deals.ts';
import { happened, KEY, now, openDoor, signed } from '../testing/import-door.ts';
import { Arrivals } from '../uploads/arrivals.ts';

type Bench = Awaited<ReturnType<typeof openDoor>>;
const tell = async ({ app }: Pick<Bench, 'app'>, init: RequestInit) =>
  (await app.request('/imports/events', init)).status;
const waiting = async ({ store }: Bench) =>
  (await readdir(join(store.folder, 'arrivals')).catch(() => [])).filter((name) => /^\d/.test(name));
const person = (owner: string) => ({ records: [{ entityType: 'person', id: 'p', owner, attributes: {} }] });
const owners = ({ store }: Bench) => store.reader().all('SELECT owner FROM records');

test('a message is kept once for each signature, also when it comes again later, together or after a restart', async () => {
  const bench = await openDoor();
  const early = signed(person('ann'));
  const late = signed(person('bob'));
  expect(await Promise.all([early, early, early].map((one) => tell(bench, one)))).toEqual([202, 202, 202]);
  expect(await waiting(bench)).toHaveLength(1);
  expect(await tell(bench, late)).toBe(202);
  await bench.arrivals.flush();
  expect(await owners(bench)).toEqual([{ owner: 'bob' }]);
  // Who overheard the first cannot bring back what it said.
  const again = await bench.app.request('/imports/events', early);
  expect([again.status, await again.json()]).toEqual([202, { v: 1, received: 1 }]);
  await bench.arrivals.flush();
  await bench.arrivals.close();
  const options = {
    store: bench.store,
    stages: STAGES,
    timeZone: 'UTC',
    log: (error: unknown) => bench.logged.push(error),
  };
  const next = await Arrivals.open({ ...options, inTurn: (work) => work(), gatherMs: 3_600_000 });
  const body = new TextEncoder().encode(String(early.body));
  const signature = new Headers(early.headers).get('sama-signature') ?? '';
  expect(await next.keep(body, signature)).toEqual({ ok: true, value: { received: 1 } });
  await next.flush();
  expect(await waiting(bench)).toEqual([]);
  expect(await owners(bench)).toEqual([{ owner: 'bob' }]);
  // The same said anew, by whoever has the key, counts.
  expect(await tell({ app: bench.app }, signed(person('ann'), now() - 7))).toBe(202);
  await next.flush();
  expect(await owners(bench)).toEqual([{ owner: 'ann' }]);
  await next.close();
  expect(bench.logged).toEqual([]);
});

test('messages of one instant are read in the order of their coming', async () => {
  const bench = await openDoor();
  for (let i = 0; i < 30; i += 1) expect(await tell(bench, signed(person(`owner ${i}`)))).toBe(202);
  await bench.arrivals.flush();
  expect(await owners(bench)).toEqual([{ owner: 'owner 29' }]);
});

test('bytes are signed, and what they say has to be one of the lists there are', async () => {
  const bench = await openDoor();
  const bytes = (text: string) => new TextEncoder().encode(text);
  const right = JSON.stringify({ events: [happened('\uFFFD')] });
  const seconds = now();
  const signature = { 'sama-signature': signatureOf(KEY, right, seconds) };
  const like = (body: RequestInit['body'] & {}, headers: Record<string, string> = signature) =>
    tell(bench, { method: 'POST', body, headers });
  // All of these are the same text once they are read as one.
  expect(await like(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes(right)]))).toBe(403);
  expect(
    await like(Buffer.from(Buffer.from(right).toString('latin1').replaceAll('\u00ef\u00bf\u00bd', '\u00ff'), 'latin1')),
  ).toBe(403);
  expect(await like(`${right} `)).toBe(403);
  expect(await like(right, { 'sama-signature': signature['sama-signature'].toUpperCase() })).toBe(403);
  expect(await like(right, { 'sama-signature': `${signature['sama-signature']},v1=${'0'.repeat(64)}` })).toBe(403);
  const signedBytes = (body: Uint8Array<ArrayBuffer>) =>
    like(body, { 'sama-signature': signatureOf(KEY, body, seconds) });
  const invalid = Buffer.from(bytes(right));
  invalid[invalid.length - 3] = 0xff;
  expect(await signedBytes(invalid)).toBe(422);
  for (const [text, status] of [
    ['{"events":[],"deals":[{}]}', 422],
    ['{"tenant":"other","events":[{}]}', 422],
    ['{"__proto__":{"events":[{}]}}', 422],
    ['{"constructor":[{}]}', 422],
    ['{"records":[{"entityType":"person","id":"a","attributes":{"__proto__":{"x":1}}}]}', 422],
    [`{"records":${'['.repeat(50)}${']'.repeat(50)}}`, 413],
    [`{"records":${'['.repeat(400_000)}${']'.repeat(400_000)}}`, 413],
    ['{"events":["a\\ud800"]}', 422],
    ['', 422],
  ] as const)
    expect([text.slice(0, 40), await signedBytes(bytes(text))]).toEqual([text.slice(0, 40), status]);
  expect(await waiting(bench)).toEqual([]);
  // Elements that are none are refused one by one, and prototypes stay as they are.
  const odd = `{"events":[${JSON.stringify(happened('a'))},{"entityType":"galaxy"},null,7],"records":[{"entityType":"person","id":"a","attributes":{"constructor":"c"}}]}`;
  expect(await signedBytes(bytes(odd))).toBe(202);
  await bench.arrivals.flush();
  expect(await bench.store.reader().all('SELECT entity_id AS id FROM stage_events')).toEqual([{ id: 'a' }]);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(String(bench.logged[0])).toMatch(/elements that were sent were refused/);
});

test('a flood fills only so much of the disk, and is taken again once there is room', async () => {
  const bench = await openDoor({}, { maxWaiting: 10 * 4096 });
  const statuses: number[] = [];
  for (let i = 0; i < 14; i += 1) statuses.push(await tell(bench, signed({ events: [happened(`p${i}`)] })));
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 202), 429, 429, 429, 429]);
  const full = await bench.app.request('/imports/events', signed({ events: [happened('more')] }));
  expect([full.status, full.headers.get('retry-after')]).toEqual([429, '60']);
  await bench.arrivals.flush();
  expect(await waiting(bench)).toEqual([]);
  expect(await tell(bench, signed({ events: [happened('more')] }))).toBe(202);
  await bench.arrivals.flush();
  expect(await bench.store.reader().all('SELECT count(*) AS n FROM stage_events')).toEqual([{ n: 11 }]);
});

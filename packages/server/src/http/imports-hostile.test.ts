import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Refusal } from '@sama/metrics/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { DEALS, DEALS_HEADER } from '../testing/deals.ts';
import { authorization, CSV, KEY, openDoor } from '../testing/import-door.ts';
import { UploadJob } from '../uploads/shapes.ts';
import { listen, type Patience } from './listen.ts';

const folderOf = (bench: { store: { folder: string } }) => join(bench.store.folder, 'uploads');

/** A door behind a real port, and a socket to it. */
async function served(bench: Awaited<ReturnType<typeof openDoor>>, patience: Patience = {}) {
  const server = await listen(bench.app.fetch, 0, undefined, patience);
  onTestFinished(() => server.close(0));
  const raw = (id: string, head: string): Socket => {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `POST /imports/${id}/content HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEY}\r\n${head}\r\n\r\n`,
    );
    return socket;
  };
  return { raw, at: `http://127.0.0.1:${server.port}` };
}

/** All that a socket hears until it is closed. */
async function heardOf(socket: Socket): Promise<string> {
  let heard = '';
  socket.on('data', (data) => {
    heard += String(data);
  });
  await new Promise((resolve) => {
    socket.once('close', resolve);
  });
  return heard;
}

test('a sender who leaves half-way, says another length or dawdles leaves nothing behind', async () => {
  const bench = await openDoor({ maxBytes: 100_000 });
  const { raw, at } = await served(bench);
  const hasty = await served(bench, { bodyMs: 300 });
  const failed = async (id: string) => {
    const job = await bench.ended(id);
    await expect.poll(() => existsSync(join(folderOf(bench), id))).toBe(false);
    return job;
  };
  const broken = { state: 'failed', error: 'the content did not come to its end' };
  for (const leave of [(socket: Socket) => socket.destroy(), (socket: Socket) => socket.end()]) {
    const { id } = await bench.begin();
    const socket = raw(id, 'Content-Length: 50000');
    socket.write(CSV);
    await expect.poll(async () => (await bench.job(id)).progress?.done).toBe(CSV.length);
    leave(socket);
    expect(await failed(id)).toMatchObject(broken);
    socket.destroy();
  }
  const { id: slow } = await bench.begin();
  hasty.raw(slow, 'Content-Length: 50000').write(CSV);
  expect(await failed(slow)).toMatchObject(broken);
  // A length beyond the limit is refused unread; without one the limit is met on the way.
  const { id: large } = await bench.begin();
  const said = raw(large, 'Content-Length: 100001');
  expect(String((await once(said, 'data'))[0])).toMatch(/^HTTP\/1\.1 413 /);
  said.destroy();
  const endless = raw(large, 'Transfer-Encoding: chunked');
  const part = `4e20\r\n${'x'.repeat(20_000)}\r\n`;
  const writing = setInterval(() => endless.write(part), 1);
  expect(await heardOf(endless)).toMatch(/^HTTP\/1\.1 413 /);
  clearInterval(writing);
  expect(await failed(large)).toMatchObject({ error: expect.stringMatching(/larger than/) });
  // What comes after the length is no part of the file, and no request either.
  const { id: short } = await bench.begin();
  const socket = raw(short, `Content-Length: ${CSV.length}`);
  socket.write(`${CSV}3,1,2026-01-01,2026-02-01,Won\n\r\n\r\n`);
  expect(await heardOf(socket)).toMatch(/HTTP\/1\.1 400 /);
  await bench.ended(short);
  expect((await fetch(`${at}/healthz`)).status).toBe(200);
  expect(await bench.store.reader().all(`SELECT id FROM records WHERE id NOT IN ('1', '2')`)).toEqual([]);
  expect(bench.logged).toEqual([]);
});

test('what is packed or in a form is refused, and the place stays for the file itself', async () => {
  const bench = await openDoor();
  const { id } = await bench.begin();
  const bomb = gzipSync(Buffer.alloc(20_000_000, '1,1,2026-01-01,2026-02-01,Won\n'));
  const send = async (headers: Record<string, string>, body: RequestInit['body'] & {}) => {
    const response = await bench.app.request(`/imports/${id}/content`, {
      method: 'POST',
      body,
      headers: { ...authorization, ...headers },
    });
    return [response.status, response.status === 202 ? '' : Refusal.parse(await response.json()).message];
  };
  const unpacked = [422, 'Content-Encoding: send the file as it is; nothing is unpacked here.'];
  for (const coding of ['gzip', 'br', 'identity, gzip', 'x-gzip', 'nonsense'])
    expect(await send({ 'content-encoding': coding }, bomb)).toEqual(unpacked);
  const form = new FormData();
  form.set('file', new Blob([CSV]), 'deals.csv');
  expect(await send({}, form)).toEqual([
    422,
    'Content-Type: send the file itself as the body, not a form that holds it.',
  ]);
  expect(await send({ 'content-type': 'text/html', 'content-encoding': 'identity' }, CSV)).toEqual([202, '']);
  expect((await bench.ended(id)).state).toBe('done');
  // Packed without saying so, it is a file that cannot be read.
  const { id: silent } = await bench.begin();
  await bench.app.request(`/imports/${silent}/content`, { method: 'POST', body: bomb, headers: authorization });
  const job = await bench.ended(silent);
  expect(job).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/^deals\.csv: .*(gzip|compressed|binary)/),
  });
  expect(await bench.store.batches()).toHaveLength(1);
});

test('one content for one place, also of two that come together; two files together are two batches', async () => {
  const bench = await openDoor();
  const one = await bench.begin();
  const both = await Promise.all([bench.send(one.id, CSV), bench.send(one.id, CSV)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([202, 409]);
  const jobs = await Promise.all([bench.begin(), bench.begin()]);
  await Promise.all(jobs.map(({ id }, i) => bench.send(id, `${DEALS_HEADER}\n${i + 7},1,2026-01-01,2026-02-01,Won\n`)));
  for (const { id } of [one, ...jobs])
    expect(await bench.ended(id)).toMatchObject({ state: 'done', report: { unchanged: false } });
  expect(await bench.store.batches()).toHaveLength(3);
  await expect.poll(() => readdir(join(folderOf(bench), one.id, 'content'))).toEqual([]);
});

test('a name is a name, and never a place', async () => {
  const bench = await openDoor();
  for (const file of ['.', '..', 'a/b', 'a\\b', 'ü'.repeat(101), 'a\u202Evsc.exe', 'a\u0085b'])
    expect([file, (await bench.create({ v: 1, file })).status]).toEqual([file, 422]);
  expect((await bench.create('{"v":1,"file":"a\\ud800.csv"}')).status).toBe(422);
  for (const file of [
    'rejects.csv',
    'content',
    '...',
    '-rf',
    'ü'.repeat(100),
    `'; DROP TABLE x; --`,
    '*?[a].csv',
    '=1+1.csv',
  ]) {
    const { id } = await bench.begin({ file, dryRun: true });
    expect((await bench.send(id, CSV)).status).toBe(202);
    expect(await bench.ended(id)).toMatchObject({ state: 'done', file, report: { rows: { kept: 1, refused: 1 } } });
    const rejects = await bench.app.request(`/imports/${id}/rejects`, { headers: authorization });
    expect(await rejects.text()).toMatch(/^line,field,reason,value\n3,amount,/);
  }
});

const HOSTILE = [
  '=HYPERLINK("http://evil.example")',
  '<img src=x onerror=alert(1)>',
  `'); DROP TABLE records; --`,
  '__proto__',
  'constructor',
  'a\u202Eb',
];

test('formulas, HTML and SQL are texts, invalid text is refused by row, and prototypes stay as they are', async () => {
  const bench = await openDoor();
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = HOSTILE.map((text) => `${quoted(text)},${quoted(text)},2026-01-01,2026-02-01,Won`);
  const withAttributes = (text: string) => {
    const mapping = JSON.stringify({ ...DEALS, attributes: {} }).replace('"attributes":{}', `"attributes":{${text}}`);
    return bench.create(`{"v":1,"file":"odd.csv","mapping":${mapping}}`);
  };
  expect((await withAttributes('},"__proto__":{"polluted":true')).status).toBe(422);
  expect((await withAttributes('"__proto__":{"column":"__proto__"}')).status).toBe(422);
  const named = UploadJob.parse(
    await (await withAttributes('"constructor":{"column":"__proto__"},"toString":{"column":"constructor"}')).json(),
  );
  await bench.send(named.id, `${DEALS_HEADER},__proto__,constructor\n0,1,2026-01-01,2026-02-01,Won,p,c\n`);
  expect((await bench.ended(named.id)).report?.rows).toMatchObject({ kept: 1 });
  expect(await bench.store.reader().all('SELECT attributes::VARCHAR AS text FROM records')).toEqual([
    { text: '{"constructor":"p","toString":"c"}' },
  ]);
  const { id } = await bench.begin();
  await bench.send(id, `${DEALS_HEADER}\n${rows.join('\n')}\n`);
  const { report } = await bench.ended(id);
  expect(report?.rows).toMatchObject({ read: HOSTILE.length, refused: HOSTILE.length });
  const rejects = await (await bench.app.request(`/imports/${id}/rejects`, { headers: authorization })).text();
  // As a formula it begins with an apostrophe, for whoever opens the list in a spreadsheet.
  expect(rejects).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  expect(rejects).not.toMatch(/,"?=HYPERLINK/);
  for (const bytes of [
    Buffer.from(`${DEALS_HEADER}\n1,1,2026-01-01,2026-02-01,W\0n\n`),
    Buffer.concat([Buffer.from(`${DEALS_HEADER}\n`), Buffer.from([0x31, 0x2c, 0xff, 0xfe, 0xc3, 0x28, 0x0a])]),
  ]) {
    const one = await bench.begin({ dryRun: true });
    await bench.app.request(`/imports/${one.id}/content`, { method: 'POST', body: bytes, headers: authorization });
    expect(await bench.ended(one.id)).toMatchObject({ report: { rows: { kept: 0, refused: 1 } } });
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(bench.logged).toEqual([]);
});

test('only so many that ended are remembered', async () => {
  const bench = await openDoor({ maxEnded: 3 });
  const fail = async () => {
    const { id } = await bench.begin();
    await bench.send(id, 'x');
    return id;
  };
  const first = await fail();
  for (let i = 0; i < 3; i += 1) await bench.ended(await fail());
  expect((await bench.app.request(`/imports/${first}`, { headers: authorization })).status).toBe(404);
  // They are taken off the disk a little later.
  await expect.poll(async () => (await readdir(folderOf(bench))).length).toBeLessThanOrEqual(3);
});

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '@sama/metrics/contracts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { examples } from '../../../../scripts/examples.mjs';
import { post, testApp } from '../testing/app.ts';
import { DEALS, STAGES } from '../testing/deals.ts';
import { authorization, CSV, happened, KEY, now, openDoor, signed } from '../testing/import-door.ts';
import { UploadJob } from '../uploads/shapes.ts';
import { Arrivals } from '../uploads/arrivals.ts';
import { listen } from './listen.ts';

test('a file is taken, imported as any other, and its refused rows are listed', async () => {
  const bench = await openDoor();
  const { id, state } = await bench.begin({ dryRun: true });
  expect(state).toBe('waiting');
  expect((await bench.send(id, CSV)).status).toBe(202);
  const dry = await bench.ended(id);
  expect(dry).toMatchObject({
    state: 'done',
    dryRun: true,
    report: { batch: '', rows: { read: 2, kept: 1, refused: 1 } },
  });
  expect(await bench.store.batches()).toEqual([]);
  const real = await bench.begin();
  await bench.send(real.id, CSV);
  const done = await bench.ended(real.id);
  expect(done.report).toMatchObject({ file: 'deals.csv', unchanged: false, rejects: [{ line: 3, field: 'amount' }] });
  for (const one of [id, real.id]) {
    const rejects = await bench.app.request(`/imports/${one}/rejects`, { headers: authorization });
    expect(rejects.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(await rejects.text()).toMatch(/^line,field,reason,value\n3,amount,/);
  }
  // Paths of the server are nobody's business.
  expect(JSON.stringify([dry, done])).not.toContain(bench.store.folder);
  const again = await bench.begin();
  await bench.send(again.id, CSV);
  expect((await bench.ended(again.id)).report).toMatchObject({ unchanged: true, batch: done.report?.batch });
  expect(await bench.store.batches()).toHaveLength(1);
});

test('nobody comes in without the key, and nothing is served where there is none', async () => {
  const { app, begin } = await openDoor();
  const { id } = await begin();
  const wrong = [undefined, 'Bearer ', `Bearer ${KEY.slice(0, -1)}`, `Bearer ${KEY}x`, `Basic ${KEY}`, KEY];
  for (const value of wrong) {
    const headers = value === undefined ? {} : { authorization: value };
    for (const [method, path] of [
      ['POST', '/imports'],
      ['POST', `/imports/${id}/content`],
      ['GET', `/imports/${id}`],
      ['GET', `/imports/${id}/rejects`],
    ] as const) {
      const response = await app.request(path, { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) });
      expect([path, value, response.status]).toEqual([path, value, 401]);
      expect(await response.text()).not.toContain(KEY);
    }
  }
  const page = post({ v: 1, file: 'a.csv' }, { ...authorization, origin: 'http://localhost' });
  expect((await app.request('/imports', page)).status).toBe(403);
  expect((await testApp().app.request('/imports', post({ v: 1, file: 'a.csv' }, authorization))).status).toBe(404);
});

test.each<[string, unknown, RegExp]>([
  ['no version', { file: 'a.csv' }, /v/],
  ['a newer version', { v: 2, file: 'a.csv' }, /Update the server/],
  ['a path', { v: 1, file: '../../etc/passwd' }, /without folders/],
  ['a NUL', { v: 1, file: 'a\u0000.csv' }, /without folders/],
  ['no name', { v: 1, file: '' }, /without folders/],
  ['a mapping that is none', { v: 1, file: 'a.csv', mapping: { ...DEALS, id: 5 } }, /mapping\.id/],
  ['an unknown field', { v: 1, file: 'a.csv', path: '/etc/passwd' }, /path/],
  [
    'a list of the server',
    { v: 1, file: 'a.csv', mapping: { ...DEALS, references: [{ column: 'id', file: '/etc/passwd', key: 'root' }] } },
    /cannot refer to files of the server/,
  ],
  ['half a text', '{"v":1,', /JSON/],
  ['deep JSON', '['.repeat(100_000), /./],
])('%s is refused with field and remedy', async (_name, body, message) => {
  const { create } = await openDoor();
  const response = await create(body);
  expect([413, 422]).toContain(response.status);
  expect(Refusal.parse(await response.json()).message).toMatch(message);
});

test('a file that is too large, comes twice, breaks off or cannot be read fails, and the store is as it was', async () => {
  const bench = await openDoor({ maxBytes: 1000 });
  const large = await bench.begin();
  const streamed = new ReadableStream({
    pull: (controller) => {
      controller.enqueue(new TextEncoder().encode('x'.repeat(400)));
    },
  });
  const refused = await bench.app.request(`/imports/${large.id}/content`, {
    method: 'POST',
    body: streamed,
    headers: authorization,
    duplex: 'half',
  });
  expect(refused.status).toBe(413);
  expect(await bench.job(large.id)).toMatchObject({ state: 'failed', error: expect.stringMatching(/larger than/) });
  expect((await bench.send(large.id, CSV)).status).toBe(409);
  const cut = await bench.begin();
  const broken = new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode(CSV));
      controller.error(new Error('gone'));
    },
  });
  expect(
    (
      await bench.app.request(`/imports/${cut.id}/content`, {
        method: 'POST',
        body: broken,
        headers: authorization,
        duplex: 'half',
      })
    ).status,
  ).toBe(422);
  const odd = await bench.begin();
  await bench.send(odd.id, 'id;name\n1;x\n');
  const failed = await bench.ended(odd.id);
  expect(failed).toMatchObject({ state: 'failed', error: expect.stringMatching(/The mapping does not fit/) });
  expect(failed.error).not.toContain(bench.store.folder);
  expect((await bench.app.request('/imports/nobody', { headers: authorization })).status).toBe(404);
  expect((await bench.app.request(`/imports/${odd.id}/rejects`, { headers: authorization })).status).toBe(404);
  expect(await bench.store.batches()).toEqual([]);
  expect(bench.logged).toEqual([]);
});

test('signed messages are on the disk when they are acknowledged, and become one batch', async () => {
  const bench = await openDoor();
  const tell = (init: RequestInit) => bench.app.request('/imports/events', init);
  const first = await tell(signed({ events: [happened('a'), happened('b', 'nowhere')] }));
  expect([first.status, await first.json()]).toEqual([202, { v: 1, received: 2 }]);
  // The same once more, as a sender who got no answer does.
  await tell(signed({ events: [happened('a')], records: [{ entityType: 'person', id: 'a', attributes: {} }] }));
  expect(await readdir(join(bench.store.folder, 'arrivals'))).toHaveLength(2);
  // The process ends before they are imported; another begins.
  await bench.arrivals.close();
  const next = await Arrivals.open({
    store: bench.store,
    stages: STAGES,
    timeZone: 'UTC',
    log: (error) => bench.logged.push(error),
    inTurn: (work) => work(),
  });
  await next.flush();
  expect(await bench.store.reader().all('SELECT entity_id AS id, stage FROM stage_events')).toEqual([
    { id: 'a', stage: 'lead' },
  ]);
  expect(await bench.store.batches()).toHaveLength(1);
  expect(bench.logged).toMatchObject([
    {
      message: expect.stringMatching(
        /^1 of 4 elements that were sent were refused, the first since stage: unknown stage/,
      ),
    },
  ]);
  expect((await readdir(join(bench.store.folder, 'arrivals'))).filter((name) => name !== 'arrivals.json')).toEqual([]);
  await next.close();
});

test('a message that can never be imported is put aside and keeps nobody else out', async () => {
  const bench = await openDoor();
  const figure = (to: string) => ({ figures: [{ name: 'cost', from: '2026-01-01', to, value: 1 }] });
  for (const message of [figure('2026-02-01'), figure('2026-03-01'), { events: [happened('a')] }])
    expect((await bench.app.request('/imports/events', signed(message))).status).toBe(202);
  await bench.arrivals.flush();
  expect(await bench.store.reader().all('SELECT entity_id AS id FROM stage_events')).toEqual([{ id: 'a' }]);
  expect(await bench.store.reader().all('SELECT to_day::VARCHAR AS til FROM figures')).toEqual([{ til: '2026-02-01' }]);
  expect(await readdir(join(bench.store.folder, 'arrivals', 'refused'))).toHaveLength(1);
  expect(bench.logged).toMatchObject([{ message: expect.stringMatching(/overlap/) }]);
});

test('a message that is not signed, not by the key, not of now or not as it was signed is refused', async () => {
  const { app, store } = await openDoor();
  const right = { events: [happened('a')] };
  const good = signed(right);
  const wrong: [string, RequestInit, number][] = [
    ['no signature', { method: 'POST', body: JSON.stringify(right) }, 403],
    ['another key', signed(right, now(), `${KEY}x`), 403],
    ['an old one', signed(right, now() - 400), 403],
    ['one of tomorrow', signed(right, now() + 400), 403],
    ['another body', { ...good, body: JSON.stringify({ events: [happened('b')] }) }, 403],
    ['the key itself', { ...good, headers: authorization }, 403],
    ['from a page', { ...good, headers: { ...Object(good.headers), origin: 'http://localhost' } }, 403],
    ['another shape', signed({ rows: [] }), 422],
    ['nothing', signed({ events: [] }), 422],
    ['a list', signed([]), 422],
    ['too much', signed({ events: ['x'.repeat(1_100_000)] }), 413],
  ];
  for (const [name, init, status] of wrong)
    expect([name, (await app.request('/imports/events', init)).status]).toEqual([name, status]);
  expect(await readdir(store.folder).catch(() => [])).not.toContain('arrivals');
});

test('the description names these routes where they are served, and is a valid one', async () => {
  const { app } = await openDoor();
  const described = z.object({ paths: z.record(z.string(), z.unknown()) });
  const text = await (await app.request('/v1/openapi.json')).json();
  expect(Object.keys(described.parse(text).paths)).toEqual(
    expect.arrayContaining(['/imports', '/imports/{id}/content']),
  );
  const valid = await new Validator().validate(z.record(z.string(), z.unknown()).parse(text));
  expect(valid).toMatchObject({ valid: true });
  const without = await (await testApp().app.request('/v1/openapi.json')).json();
  expect(Object.keys(described.parse(without).paths)).not.toContain('/imports');
});

test('only so many uploads are open, and those nobody finishes are forgotten', async () => {
  let now = 0;
  const bench = await openDoor({ maxOpen: 2, keepMs: 1000, now: () => now });
  const { id } = await bench.begin();
  await bench.begin();
  const third = await bench.create({ v: 1, file: 'c.csv' });
  expect([third.status, third.headers.get('retry-after')]).toEqual([429, '60']);
  now = 5000;
  expect((await bench.create({ v: 1, file: 'c.csv' })).status).toBe(201);
  expect((await bench.app.request(`/imports/${id}`, { headers: authorization })).status).toBe(404);
});

test('the example of the page sends a file as it stands there', async () => {
  const bench = await openDoor({ stages: ['lead', 'won'] });
  const served = await listen(bench.app.fetch, 0);
  try {
    const [example] = examples('imports', 'js');
    const code = (example?.code ?? '')
      .replace('http://localhost:4400', `http://localhost:${served.port}`)
      .replace('process.env.SAMA_IMPORT_KEY', JSON.stringify(KEY))
      .replace('console.log(job.report.rows);', 'export default job;');
    const { default: job } = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
    expect(UploadJob.parse(job)).toMatchObject({ state: 'done', report: { rows: { read: 2, kept: 2 } } });
  } finally {
    await served.close(0);
    await bench.uploads.close();
  }
});

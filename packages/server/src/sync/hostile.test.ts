import { gzipSync } from 'node:zlib';
import { Secrets } from '@sama/connectors';
import { expect, test } from 'vitest';
import { hubspotAccount } from '../testing/hubspot-account.ts';
import { FakeMarketo } from '../testing/fake-marketo.ts';
import { salesforceOrg } from '../testing/salesforce-org.ts';
import { SyncBench } from '../testing/sync-bench.ts';
import { json, VendorServer } from '../testing/vendor-server.ts';

async function hubspot() {
  const account = await hubspotAccount();
  const bench = new SyncBench(
    'hubspot',
    { SAMA_HUBSPOT_URL: account.server.url },
    new Secrets({ SAMA_HUBSPOT_TOKEN: account.token }),
  );
  return { account, bench };
}

async function salesforce() {
  const org = await salesforceOrg();
  const secrets = new Secrets({ SAMA_SALESFORCE_CLIENT_ID: 'id', SAMA_SALESFORCE_CLIENT_SECRET: org.clientSecret });
  return { org, bench: new SyncBench('salesforce', { SAMA_SALESFORCE_URL: org.server.url }, secrets) };
}

test('HubSpot: a batch with fewer records than asked is asked again, and never passed over', async () => {
  const { account, bench } = await hubspot();
  const batch = '/crm/v3/objects/companies/batch/read';
  const { faults } = account.server;
  faults.push(({ path }) => (path === batch ? json({ status: 'COMPLETE', results: [] }) : undefined));
  expect((await bench.read('companies')).rows['companies']).toHaveLength(2);
  const errors = [{ status: 'error', category: 'INTERNAL_ERROR', message: 'odd', context: { ids: ['501', '502'] } }];
  const never = () => json({ status: 'COMPLETE', results: [], numErrors: 1, errors }, 207);
  faults.push(
    ...Array.from(
      { length: 7 },
      () =>
        ({ path }: { path: string }) =>
          path === batch ? never() : undefined,
    ),
  );
  await expect(bench.read('companies')).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringMatching(/answered 0 of 2 records/),
  });
  // What is gone since it was found is no fault.
  const gone = errors.map((one) => ({ ...one, category: 'OBJECT_NOT_FOUND' }));
  faults.push(({ path }) => (path === batch ? json({ results: [], errors: gone }, 207) : undefined));
  expect((await bench.read('companies')).rows['companies']).toEqual([]);
});

test('HubSpot: a contact that was merged comes once, as what it was merged into, and nobody waits for the other', async () => {
  const { account, bench } = await hubspot();
  const { rows: before } = await bench.read('contacts');
  const {
    contacts = [],
    merged,
    server,
  } = { contacts: account.objects['contacts'], merged: account.merged, server: account.server };
  const [first, second] = contacts;
  if (first === undefined || second === undefined) throw new Error('no contacts');
  // Found by the search, and merged before the batch is read: into one of the same batch, or into one of another.
  const during = (merge: () => void) =>
    server.faults.push(({ path }) => {
      if (path === '/crm/v3/objects/contacts/batch/read') merge();
      return undefined;
    });
  const names = (rows: Awaited<ReturnType<typeof bench.read>>['rows']) =>
    rows['contacts']?.map(({ id }) => id).toSorted();
  const [id1, id2, ...others] = names(before) ?? [];
  during(() => {
    merged.set(second.id, first.id);
    first.properties['hs_merged_object_ids'] = second.id;
  });
  expect(names((await bench.read('contacts')).rows)).toEqual(
    [id1, id2, ...others].filter((id) => id !== `hubspot:${second.id}`),
  );
  server.faults.length = 0;
  // Both into a new one, which does not say so yet.
  contacts.push({ ...second, id: '999', properties: { ...second.properties } });
  for (const { id } of [first, second]) merged.set(id, '999');
  const { rows } = await bench.read('contacts');
  expect(names(rows)).toEqual(expect.arrayContaining(['hubspot:999']));
  expect(new Set(names(rows)).size).toBe(names(rows)?.length);
  expect(bench.clock.slept).toEqual([]);
});

test('HubSpot: owners whose pages go in a circle, and ids that are none, end the reading', async () => {
  const { account, bench } = await hubspot();
  const circle = { a: 'b', b: 'a' };
  const owners = ({ path, query }: { path: string; query: URLSearchParams }) => {
    const after = query.get('after') === 'a' ? circle.a : circle.b;
    return path === '/crm/v3/owners' ? json({ results: [], paging: { next: { after } } }) : undefined;
  };
  account.server.faults.push(...Array.from({ length: 9 }, () => owners));
  await expect(bench.read()).rejects.toMatchObject({ code: 'changed', message: expect.stringMatching(/same place/) });
  account.server.faults.length = 0;
  account.server.faults.push(({ path }) =>
    path.endsWith('/companies/search') ? json({ total: 1, results: [{ id: "1' OR", properties: {} }] }) : undefined,
  );
  await expect(bench.read('companies')).rejects.toMatchObject({ code: 'changed' });
});

test('HubSpot: values named as the parts of every object are values', async () => {
  const { account, bench } = await hubspot();
  const [first] = account.objects['contacts'] ?? [];
  const names = ['constructor', '__proto__', 'toString'];
  account.properties['contacts']
    ?.find(({ name }) => name === 'lifecyclestage')
    ?.options?.push(...names.map((value) => ({ value, label: value })));
  if (first !== undefined)
    first.history = { lifecyclestage: names.map((name, day) => [name, `2026-01-0${day + 1}T00:00:00.000Z`]) };
  const { rows, seen } = await bench.read('contacts');
  expect(
    rows['contact-stages']
      ?.filter(({ record }) => String(record).startsWith('contact 101 '))
      .every(({ stage }) => typeof stage === 'string'),
  ).toBe(true);
  for (const name of names) expect(seen).toHaveProperty([`lifecyclestage: ${name}`], 1);
});

test('Salesforce: the session is taken to no other address, by a redirect or by the place of a next page', async () => {
  const { org, bench } = await salesforce();
  const other = await VendorServer.open(() => json({ done: true, records: [] }));
  const query = (answer: () => Response) => (request: { path: string }) =>
    request.path.includes('/query') ? answer() : undefined;
  for (const answer of [
    () => new Response(null, { status: 302, headers: { location: `${other.url}/services/data/v62.0/query` } }),
    () => json({ done: false, nextRecordsUrl: `${other.url}/services/data/v62.0/query/1`, records: [] }),
    () => json({ done: false, nextRecordsUrl: '/services/data/../../query/1?x=', records: [] }),
  ]) {
    org.server.faults.push(query(answer));
    await expect(bench.read()).rejects.toMatchObject({ code: 'changed' });
    org.server.faults.length = 0;
  }
  expect(other.asked).toEqual([]);
});

test('Salesforce: pages that go in a circle end the reading, and a body without an end does not keep who has left', async () => {
  const { org, bench } = await salesforce();
  const page = (place: string) =>
    json({ done: false, nextRecordsUrl: `/services/data/v62.0/query/${place}`, records: [] });
  const circle = ({ path }: { path: string }) =>
    path.includes('/query') ? page(path.endsWith('/a') ? 'b' : 'a') : undefined;
  org.server.faults.push(...Array.from({ length: 9 }, () => circle));
  await expect(bench.read()).rejects.toMatchObject({ code: 'changed', message: expect.stringMatching(/same place/) });
  org.server.faults.length = 0;
  const stop = new AbortController();
  let end = (): void => undefined;
  org.server.faults.push(({ path }) => {
    if (!path.includes('/query')) return undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('{"done":'));
        end = () => controller.close();
        setTimeout(() => stop.abort(new Error('left')), 20);
      },
    });
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  });
  await expect((await bench.connector()).plan(stop.signal)).rejects.toThrow('left');
  end();
});

test('Salesforce: a body that is too large is left while it is read, also one that is packed', async () => {
  const { org, bench } = await salesforce();
  const query = (answer: () => Response) => (request: { path: string }) =>
    request.path.includes('/query') ? answer() : undefined;
  let sent = 0;
  let left = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1;
      controller.enqueue(new TextEncoder().encode(sent === 1 ? '{"done":' : ' '.repeat(1_000_000)));
    },
    cancel: () => {
      left = true;
    },
  });
  const type = { 'content-type': 'application/json' };
  const tooLarge = {
    code: 'changed',
    message: expect.stringMatching(/^Salesforce, GET .*answered with more than 50 MB/),
  };
  org.server.faults.push(query(() => new Response(endless, { headers: type })));
  await expect(bench.read()).rejects.toMatchObject(tooLarge);
  await expect.poll(() => left).toBe(true);
  expect(sent).toBeLessThan(100);
  const bomb = gzipSync(Buffer.alloc(60_000_000, ' '));
  org.server.faults.push(query(() => new Response(bomb, { headers: { ...type, 'content-encoding': 'gzip' } })));
  await expect(bench.read()).rejects.toMatchObject(tooLarge);
});

test('Marketo: places that go in a circle end the reading', async () => {
  const instance = await FakeMarketo.open();
  instance.types.set(12, 'New Lead');
  const secrets = new Secrets({ SAMA_MARKETO_CLIENT_ID: 'id', SAMA_MARKETO_CLIENT_SECRET: instance.clientSecret });
  const bench = new SyncBench('marketo', { SAMA_MARKETO_URL: instance.server.url }, secrets);
  const circle = ({ path, query }: { path: string; query: URLSearchParams }) =>
    path.endsWith('/activities.json')
      ? json({ success: true, moreResult: true, nextPageToken: query.get('nextPageToken') === 'a' ? 'b' : 'a' })
      : undefined;
  instance.server.faults.push(...Array.from({ length: 9 }, () => circle));
  await expect(bench.read()).rejects.toMatchObject({ code: 'changed', message: expect.stringMatching(/same place/) });
});

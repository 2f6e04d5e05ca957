import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ConnectorError, Secrets } from '@sama/connectors';
import { expect, test } from 'vitest';
import { hubspotAccount, record } from '../testing/hubspot-account.ts';
import type { FakeHubSpot } from '../testing/fake-hubspot.ts';
import { SyncBench } from '../testing/sync-bench.ts';
import { json } from '../testing/vendor-server.ts';

/** The small account, and what is read of it. */
async function open(): Promise<SyncBench & { account: FakeHubSpot }> {
  const account = await hubspotAccount();
  const secrets = new Secrets({ SAMA_HUBSPOT_TOKEN: account.token });
  return Object.assign(new SyncBench('hubspot', { SAMA_HUBSPOT_URL: account.server.url }, secrets), { account });
}

const event = (type: string, id: string, stage: string, at: string, reason: string | null = null) => ({
  type,
  id: `hubspot:${id}`,
  stage,
  at,
  reason,
});

/** What the small account holds. */
const EVENTS = [
  event('opportunity', '901', 'opportunity', '2026-02-10T10:00'),
  event('opportunity', '901', 'won', '2026-04-01T15:00'),
  event('opportunity', '902', 'opportunity', '2026-03-10T10:00'),
  event('opportunity', '902', 'lost', '2026-04-02T15:00', 'too dear'),
  event('opportunity', '903', 'opportunity', '2026-04-03T10:00'),
  event('person', '101', 'lead', '2026-01-05T09:00'),
  event('person', '101', 'mql', '2026-01-20T10:30'),
  event('person', '101', 'sal', '2026-01-22T08:00'),
  event('person', '102', 'lead', '2026-01-02T00:00'),
  event('person', '102', 'sql', '2026-03-06T12:00'),
  event('person', '103', 'disqualified', '2026-02-02T10:00', 'no budget'),
];

test('an account becomes records and dated stages, and what is no stage here is told', async () => {
  const bench = await open();
  const report = await bench.sync();
  expect(await bench.events()).toEqual(EVENTS);
  expect(
    await bench.rows(
      'SELECT entity_type, id, account_id, person_id, amount, currency, owner, attributes FROM records ORDER BY ALL',
    ),
  ).toMatchObject([
    {
      id: 'hubspot:501',
      owner: 'bob@example.com',
      attributes: '{"name":"Acme","annualrevenue":1250000.0,"hs_is_target_account":true}',
    },
    {
      id: 'hubspot:502',
      owner: null,
      attributes: '{"name":"Umbrella","annualrevenue":null,"hs_is_target_account":false}',
    },
    { id: 'hubspot:901', account_id: 'hubspot:501', person_id: 'hubspot:101', amount: 125_050, currency: 'USD' },
    { id: 'hubspot:902', account_id: null, person_id: 'hubspot:102', amount: 9900, currency: 'EUR' },
    { id: 'hubspot:903', person_id: null, amount: null },
    {
      id: 'hubspot:101',
      account_id: 'hubspot:501',
      owner: 'ann@example.com',
      attributes: expect.stringContaining('"hubspotscore":42'),
    },
    { id: 'hubspot:102', attributes: expect.stringContaining('"country":null') },
    { id: 'hubspot:103', owner: '99' },
  ]);
  const [, contacts, deals, leads] = report.streams;
  expect(contacts?.health.unsupported).toEqual({ 'lifecyclestage: Evangelist': 1 });
  expect(deals?.health.unsupported).toEqual({ 'dealstage: Appointment Scheduled': 1 });
  expect(leads?.health.unsupported).toEqual({ 'hs_pipeline_stage: New': 1 });
  expect(deals?.health.unmatched).toEqual({ 'deals without a contact': 1 });
  expect(contacts?.health.fields).toContainEqual({ table: 'contacts', field: 'country', filled: 2, rows: 3 });
  // What says who somebody is was not asked for.
  expect(JSON.stringify(await bench.rows('SELECT * FROM records'))).not.toContain('email');
});

test('settings give meanings, fields and the id another source knows a person by', async () => {
  const bench = await open();
  const [first] = bench.account.objects['contacts'] ?? [];
  Object.assign(first?.properties ?? {}, { salesforceleadid: '00Q1' });
  bench.settings = {
    stages: {
      lifecyclestage: { evangelist: null, gone: 'lead' },
      hs_lead_status: { OPEN: 'sal' },
      dealstage: { appointmentscheduled: 'sql' },
    },
    attributes: { contacts: ['email', 'favourite_colour'] },
    personId: 'salesforceleadid',
    idPrefix: '',
  };
  const { rows, seen, notes } = await bench.read();
  expect(rows['contacts']).toMatchObject([{ id: '00Q1', email: null }, { id: '102' }, { id: '103' }]);
  expect(rows['contact-stages']).toContainEqual(
    expect.objectContaining({ id: '00Q1', record: 'contact 101 hs_lead_status', stage: 'sal' }),
  );
  expect(rows['deals']?.[0]).toMatchObject({ id: '901', personId: '00Q1', companyId: '501' });
  expect(rows['deal-stages']?.map(({ id, stage }) => [id, stage]).slice(0, 3)).toEqual([
    ['901', 'opportunity'],
    ['901', 'sql'],
    ['901', 'won'],
  ]);
  expect(seen).toEqual({
    'contacts without salesforceleadid': 2,
    'deals without a contact': 1,
    'hs_pipeline_stage: New': 1,
  });
  expect(notes).toEqual([
    expect.stringMatching(/no property "favourite_colour"/),
    expect.stringMatching(/lifecyclestage has no value "gone"/),
  ]);
  bench.settings = { stages: { lifecyclestage: { lead: 'leed' } } };
  await expect(bench.read()).rejects.toThrow('stages.lifecyclestage: no definition has the stage "leed". Known: ');
});

test('only what has changed is read again, and rows that come twice are one', async () => {
  const bench = await open();
  const contacts = { streams: ['contacts'] };
  const first = await bench.sync({ ...contacts, dryRun: true, pages: 1 });
  expect(first.streams[0]?.imports.map(({ batch, dryRun }) => ({ batch, dryRun }))).toEqual([
    { batch: '', dryRun: true },
    { batch: '', dryRun: true },
  ]);
  expect(await (await bench.store()).batches()).toEqual([]);
  await bench.sync(contacts);
  const june3 = new Date('2026-06-03T12:00:00.000Z');
  bench.account.objects['contacts']?.push({
    ...record('104', '2026-06-02', {}),
    history: { lifecyclestage: [['lead', '2026-06-02T01:00:00.000Z']] },
  });
  const second = await bench.sync({ ...contacts, now: june3 });
  expect(second.streams).toMatchObject([{ records: 1, from: '2026-06-01T11:50:00.000Z', resumed: false }]);
  const nothing = await bench.sync({ ...contacts, now: june3 });
  expect(nothing.streams).toMatchObject([{ records: 0, imports: [] }]);
  const before = await bench.events();
  const full = await bench.sync({ ...contacts, now: june3, full: true });
  expect(full.streams[0]).toMatchObject({ records: 4, imports: [{ rows: { kept: 4 } }, { rows: { kept: 6 } }] });
  expect(full.streams[0]?.from).toBeUndefined();
  expect(await bench.events()).toEqual(before);
});

test('the end of a search is not the end of the records, and half a page is not the last one', async () => {
  const bench = await open();
  bench.account.searchEnd = 1000;
  bench.account.objects['companies'] = Array.from({ length: 1250 }, (_, index) =>
    record(String(2000 + index), '2026-02-01', { name: `C${index}` }),
  );
  const all = await bench.read('companies');
  expect([all.pages, new Set(all.rows['companies']?.map(({ id }) => id)).size]).toEqual([7, 1250]);
  bench.account.objects['companies'].length = 350;
  bench.account.halfPages = true;
  const half = await bench.read('companies');
  expect([half.pages, half.rows['companies']?.length]).toEqual([4, 350]);
});

test('a sync that breaks off between two pages loses and doubles nothing', async () => {
  const bench = await open();
  bench.account.halfPages = true;
  bench.account.objects['contacts']?.push(
    ...Array.from({ length: 350 }, (_, index) => ({
      ...record(String(2000 + index), '2026-03-01', { country: 'DE' }),
      history: { lifecyclestage: [['lead', '2026-03-01T10:00:00.000Z'] satisfies [string, string]] },
    })),
  );
  const pages: number[] = [];
  for (let broken = 1; broken <= 3; broken += 1) {
    const stop = new AbortController();
    const killed = bench.sync({
      streams: ['contacts'],
      signal: stop.signal,
      onProgress: ({ records }) => {
        pages.push(records);
        stop.abort(new Error('killed'));
      },
    });
    await expect(killed).rejects.toThrow('killed');
    // What the end of the process leaves of the next page.
    const spool = join((await bench.store()).folder, 'sync', 'hubspot', 'hubspot-contacts.ndjson');
    await appendFile(spool, '{"id":"hubspot:9999","companyId":null,"own');
  }
  const last = await bench.sync({ streams: ['contacts'], onProgress: ({ records }) => pages.push(records) });
  expect(last.streams[0]).toMatchObject({ resumed: true, records: 353, pages: 4 });
  expect(pages).toEqual([100, 200, 300, 353]);
  expect(last.streams[0]?.imports.map(({ rows }) => rows)).toEqual([
    { read: 353, kept: 353, merged: 0, refused: 0 },
    { read: 355, kept: 355, merged: 0, refused: 0 },
  ]);
  expect(await bench.rows(`SELECT count(*)::INTEGER AS n, count(DISTINCT id)::INTEGER AS ids FROM records`)).toEqual([
    { n: 353, ids: 353 },
  ]);
});

test('fields that changed while a sync was broken off let it begin anew', async () => {
  const bench = await open();
  const contacts = { streams: ['contacts'] };
  const stop = new AbortController();
  const killed = bench.sync({ ...contacts, signal: stop.signal, onProgress: () => stop.abort(new Error('killed')) });
  await expect(killed).rejects.toThrow('killed');
  const without = bench.account.properties['contacts']?.filter(({ name }) => name !== 'hubspotscore') ?? [];
  bench.account.properties['contacts'] = without;
  expect((await bench.sync(contacts)).streams).toMatchObject([
    { resumed: false, records: 3, notes: [expect.stringMatching(/have changed since the last sync broke off/)] },
  ]);
  // A field that is there for the first time is told, since old records lack it, and so is one that has gone.
  bench.account.properties['contacts'] = [
    ...without.filter(({ name }) => name !== 'country'),
    { name: 'industry', label: 'Industry', type: 'string' },
  ];
  const next = await bench.sync({ ...contacts, dryRun: true, now: new Date('2026-06-02T12:00:00.000Z') });
  expect(next.streams[0]?.notes).toEqual([
    expect.stringMatching(/^Read for the first time: industry\. .*--full/),
    expect.stringMatching(/^No longer at the source, or no longer asked for: country\.$/),
  ]);
});

test('it waits as long as it is told, and by chance when it is not', async () => {
  const bench = await open();
  bench.account.server.faults.push(
    () =>
      json({ message: 'You have reached your secondly limit.', policyName: 'SECONDLY' }, 429, { 'Retry-After': '7' }),
    () => json({ message: 'internal error' }, 502),
    () => new Response('{"results":[{"na', { status: 200 }),
  );
  const { rows } = await bench.read();
  expect(bench.clock.slept).toEqual([7250, 500, 1000]);
  expect(rows['deals']).toHaveLength(3);
});

test('a limit of the day and a server that stays away end the sync, and what ended before it stays', async () => {
  const bench = await open();
  const { faults } = bench.account.server;
  const daily = () => json({ message: 'You have reached your daily limit.', policyName: 'DAILY' }, 429);
  faults.push((request) => (request.path.endsWith('/deals/search') ? daily() : undefined));
  await expect(bench.sync({ streams: ['contacts', 'deals'] })).rejects.toMatchObject({
    code: 'quota',
    message: expect.stringMatching(/requests of this day are used up/),
  });
  expect((await bench.events()).length).toBe(5);
  faults.push(() => json({ message: 'wait' }, 429, { 'Retry-After': '3600' }));
  await expect(bench.read()).rejects.toMatchObject({
    code: 'quota',
    message: expect.stringMatching(/wait 60 minutes/),
  });
  faults.push(...Array.from({ length: 7 }, () => () => json({}, 503)));
  await expect(bench.read()).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringMatching(/answered 503\. After 7 attempts/),
  });
  expect((await bench.sync({ streams: ['contacts', 'deals'] })).streams).toMatchObject([
    { records: 0 },
    { records: 3 },
  ]);
});

test('a token that ends on the way is renewed, and one that is refused for good is told', async () => {
  const bench = await open();
  const { account } = bench;
  bench.secrets = new Secrets({
    SAMA_HUBSPOT_CLIENT_ID: 'client-id',
    SAMA_HUBSPOT_CLIENT_SECRET: account.clientSecret,
    SAMA_HUBSPOT_REFRESH_TOKEN: account.refreshToken,
  });
  let ended = false;
  account.server.faults.push(({ path }) => {
    if (path.endsWith('/deals/search') && !ended) {
      account.sessions.clear();
      ended = true;
    }
    return undefined;
  });
  expect((await bench.read()).rows['deals']).toHaveLength(3);
  expect(account.server.asked.filter((asked) => asked === 'POST /oauth/v1/token')).toHaveLength(2);
  bench.secrets = new Secrets({ SAMA_HUBSPOT_TOKEN: 'pat-that-was-revoked' });
  await expect(bench.read()).rejects.toMatchObject({ code: 'credentials' });
  bench.secrets = new Secrets({});
  await expect(bench.read()).rejects.toThrow(/SAMA_HUBSPOT_TOKEN is not set/);
});

test('no error, report or file holds a secret', async () => {
  const bench = await open();
  const { account } = bench;
  const values = {
    SAMA_HUBSPOT_CLIENT_ID: 'client-id-0815',
    SAMA_HUBSPOT_CLIENT_SECRET: account.clientSecret,
    SAMA_HUBSPOT_REFRESH_TOKEN: 'refresh-token-wrong "quoted"',
  };
  bench.secrets = new Secrets(values);
  const said: string[] = [JSON.stringify(bench.secrets), String(bench.secrets), inspect(bench.secrets)];
  const failure = async (work: Promise<unknown>): Promise<unknown> => {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    said.push(inspect(error, { depth: 9 }), JSON.stringify(error));
    return error;
  };
  // The vendor says back to us what we sent.
  expect(await failure(bench.read())).toMatchObject({ message: expect.stringContaining('[secret]') });
  bench.secrets = new Secrets({ SAMA_HUBSPOT_TOKEN: account.token });
  account.server.faults.push(({ headers }) => json({ message: `odd: ${headers.get('authorization')}` }, 400));
  expect(await failure(bench.read())).toMatchObject({ code: 'refused', message: expect.stringContaining('[secret]') });
  account.server.faults.push(
    ...Array.from({ length: 7 }, () => () => new Response(null, { status: 307, headers: { location: '/' } })),
  );
  expect(await failure(bench.read())).toBeInstanceOf(ConnectorError);
  said.push(JSON.stringify(await bench.sync({ streams: ['leads'] })));
  said.push(await readFile(join((await bench.store()).folder, 'sync', 'hubspot', 'state.json'), 'utf8'));
  expect(said.join('\n')).toContain('SAMA_HUBSPOT_REFRESH_TOKEN');
  for (const secret of [...Object.values(values), account.token, 'quoted'])
    expect(said.join('\n')).not.toContain(secret);
});

test('an object the edition lacks is left out and told; a stream nobody has is refused', async () => {
  const bench = await open();
  bench.account.missing.add('leads');
  const { streams, notes } = await bench.read('companies');
  expect(streams).toEqual(['companies', 'contacts', 'deals']);
  expect(notes).toEqual([expect.stringMatching(/"leads" is not read/)]);
  await expect(bench.sync({ streams: ['tickets'] })).rejects.toThrow(
    'There is no stream "tickets". This account has: companies, contacts, deals.',
  );
});

test('a value that cannot be read refuses its row, by line and reason, and keeps the others', async () => {
  const bench = await open();
  const [, deal] = bench.account.objects['deals'] ?? [];
  Object.assign(deal?.properties ?? {}, { amount: 'about 99' });
  const report = await bench.sync({ streams: ['deals'], dryRun: true });
  expect(report.streams[0]?.imports[0]).toMatchObject({
    rows: { read: 3, kept: 2, refused: 1 },
    rejects: [{ line: 2, field: 'amount', value: 'about 99' }],
  });
});

test('an answer in another shape names the place and the field', async () => {
  const bench = await open();
  bench.account.server.faults.push(({ path }) =>
    path.endsWith('/companies/search') ? json({ results: [{ id: 5 }] }) : undefined,
  );
  await expect(bench.read()).rejects.toMatchObject({
    code: 'changed',
    message: expect.stringMatching(
      /^HubSpot, POST \/crm\/v3\/objects\/companies\/search, answered in another shape than is read here: total: /,
    ),
  });
});

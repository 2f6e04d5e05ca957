import { inspect } from 'node:util';
import { Secrets } from '@sama/connectors';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import { DEFAULT_DEFINITIONS } from '@sama/metrics/definitions';
import { expect, test } from 'vitest';
import { createDuckDbEngine } from '../engine/duckdb.ts';
import type { FakeSalesforce } from '../testing/fake-salesforce.ts';
import { salesforceOrg, sfId } from '../testing/salesforce-org.ts';
import { NOW, SyncBench } from '../testing/sync-bench.ts';
import { json } from '../testing/vendor-server.ts';

/** The small org, and what is read of it. */
async function open(): Promise<SyncBench & { org: FakeSalesforce }> {
  const org = await salesforceOrg();
  const secrets = new Secrets({
    SAMA_SALESFORCE_CLIENT_ID: '3MVG9-client-id',
    SAMA_SALESFORCE_CLIENT_SECRET: org.clientSecret,
    SAMA_SALESFORCE_REFRESH_TOKEN: org.refreshToken,
  });
  return Object.assign(new SyncBench('salesforce', { SAMA_SALESFORCE_URL: org.server.url }, secrets), { org });
}

const lead1 = sfId('00Q', 1);
const lead2 = sfId('00Q', 2);
const lead3 = sfId('00Q', 3);
const deal1 = sfId('006', 1);
const deal2 = sfId('006', 2);

test.each(['Pacific/Kiritimati', 'Pacific/Honolulu', 'UTC'])(
  'days stay days and moments moments, read where it is %s',
  async (timeZone) => {
    const bench = await open();
    const [, lead] = bench.org.objects['Lead'] ?? [];
    const [, opportunity] = bench.org.objects['Opportunity'] ?? [];
    Object.assign(lead ?? {}, { ConvertedDate: '2026-03-31', CreatedDate: '2026-02-28T23:59:59.000+0000' });
    Object.assign(opportunity ?? {}, { CloseDate: '2026-03-31', CreatedDate: '2026-03-01T00:00:00.000+0000' });
    await bench.sync({ timeZone });
    const events = await bench.rows(
      `SELECT entity_id AS id, stage, at_ms AS ms, at_day::VARCHAR AS day FROM stage_events WHERE entity_id IN ('${lead2}', '${deal2}') ORDER BY 1, 2`,
    );
    expect(events).toEqual([
      { id: deal2, stage: 'lost', ms: null, day: '2026-03-31' },
      { id: deal2, stage: 'opportunity', ms: Date.parse('2026-03-01T00:00:00Z'), day: null },
      { id: lead2, stage: 'lead', ms: Date.parse('2026-02-28T23:59:59Z'), day: null },
      { id: lead2, stage: 'sql', ms: null, day: '2026-03-31' },
    ]);
    // The last day of the month is of this month, wherever it is counted.
    const engine = createDuckDbEngine(await bench.store());
    const context = { definitions: DEFAULT_DEFINITIONS, rights: OWNER_RIGHTS, asOf: '2026-06-01T12:00:00Z', timeZone };
    const question = { kind: 'funnel', funnel: 'lead-to-won', view: 'activity' } as const;
    const entries = async (period: string) => {
      const { data } = await engine.answer({ ...question, period }, context);
      return data?.kind === 'funnel' ? data.stages.find(({ key }) => key === 'sql')?.count : undefined;
    };
    expect([await entries('2026-03'), await entries('2026-04')]).toEqual([1, 0]);
  },
);

test('an org becomes records and dated stages; days stay days, and a lead stays one person', async () => {
  const bench = await open();
  const report = await bench.sync();
  const events = await bench.rows(
    `SELECT entity_id AS id, stage, strftime(make_timestamp(at_ms * 1000), '%Y-%m-%dT%H') AS at, at_day::VARCHAR AS day FROM stage_events ORDER BY entity_id, coalesce(at_ms, epoch_ms(at_day)), stage`,
  );
  const event = (id: string, stage: string, at: string | null, day: string | null = null) => ({ id, stage, at, day });
  expect(events).toEqual([
    event(deal1, 'opportunity', '2026-02-01T09'),
    event(deal1, 'won', '2026-04-02T16'),
    event(deal2, 'opportunity', '2026-02-02T09'),
    event(deal2, 'lost', null, '2026-03-01'),
    event(lead1, 'lead', '2026-01-05T09'),
    event(lead1, 'sal', '2026-01-10T09'),
    event(lead1, 'sql', '2026-02-01T15'),
    event(lead2, 'lead', '2026-01-06T09'),
    event(lead2, 'sql', null, '2026-02-02'),
    event(lead3, 'lead', '2026-01-07T09'),
  ]);
  expect(
    await bench.rows(
      `SELECT id, account_id, person_id, campaign_id, amount, currency, owner FROM records WHERE entity_type <> 'account' ORDER BY id`,
    ),
  ).toEqual([
    expect.objectContaining({ id: sfId('003', 3), account_id: null }),
    expect.objectContaining({
      id: deal1,
      account_id: sfId('001', 1),
      person_id: lead1,
      campaign_id: sfId('701', 1),
      amount: 125_050,
      currency: 'EUR',
    }),
    expect.objectContaining({ id: deal2, person_id: null, amount: null }),
    expect.objectContaining({ id: lead1, account_id: sfId('001', 1), owner: 'ann@example.com' }),
    expect.objectContaining({ id: lead2, owner: 'Inbound' }),
    expect.objectContaining({ id: lead3 }),
  ]);
  expect(
    await bench.rows(
      'SELECT name, at_day::VARCHAR AS day, person_id AS person FROM activity_events ORDER BY name, record_id',
    ),
  ).toEqual([
    { name: 'campaign-member', day: null, person: lead1 },
    { name: 'campaign-member', day: null, person: lead1 },
    { name: 'campaign-response', day: '2026-01-11', person: lead1 },
  ]);
  expect(
    await bench.rows(
      'SELECT name, from_day::VARCHAR AS since, to_day::VARCHAR AS til, value, currency, segment FROM figures',
    ),
  ).toEqual([
    {
      name: 'campaign-cost',
      since: '2026-01-10',
      til: '2026-01-13',
      value: 500_000,
      currency: 'EUR',
      segment: sfId('701', 1),
    },
  ]);
  const seen = Object.assign({}, ...report.streams.flatMap(({ health }) => [health.unsupported, health.unmatched]));
  expect(seen).toEqual({
    'Lead.Status: Open': 1,
    'leads without a history of their status': 2,
    'contacts without an account': 1,
    'Opportunity.StageName: Prospecting': 1,
    'opportunities without a contact role': 1,
    'campaigns with a cost but without days': 1,
    'campaigns without a cost': 1,
  });
});

test('pages are followed, and a reading goes on after the last one', async () => {
  const bench = await open();
  bench.org.pageSize = 100;
  bench.org.objects['Account'] = Array.from({ length: 1200 }, (_, n) => ({
    Id: sfId('001', n + 1),
    Name: `A${n}`,
    CreatedDate: '2026-01-01T00:00:00.000+0000',
    SystemModstamp: n < 1100 ? '2026-01-02T00:00:00.000+0000' : '2026-06-02T00:00:00.000+0000',
  }));
  const { streams } = await (await bench.connector()).plan();
  const accounts = streams.find(({ name }) => name === 'accounts');
  const read = async (range: { from?: string; until: string }, position?: string) => {
    const pages: { ids: unknown[]; position: string }[] = [];
    for await (const page of accounts?.read(range, position, undefined) ?? [])
      pages.push({ ids: page.rows['accounts']?.map(({ id }) => id) ?? [], position: page.position });
    return pages;
  };
  const all = await read({ until: NOW });
  expect(all.map(({ ids }) => ids.length)).toEqual([500, 500, 100]);
  expect(new Set(all.flatMap(({ ids }) => ids)).size).toBe(1100);
  const rest = await read({ until: NOW }, all[0]?.position);
  expect(rest).toEqual(all.slice(1));
  expect((await read({ from: NOW, until: '2026-07-01T00:00:00.000Z' })).map(({ ids }) => ids.length)).toEqual([100]);
});

test('an ended session is renewed; one that never works, a limit and a fault are told, without a secret', async () => {
  const bench = await open();
  const { org, clock } = bench;
  let ended = false;
  org.server.faults.push(({ query }) => {
    if (/FROM Opportunity /.test(query.get('q') ?? '') && !ended) {
      ended = true;
      org.sessions.clear();
    }
    return undefined;
  });
  expect((await bench.read('opportunities')).rows['opportunities']).toHaveLength(2);
  org.server.faults.length = 0;
  org.server.faults.push(
    () => json([{ errorCode: 'SERVER_UNAVAILABLE', message: 'try again' }], 503),
    () => new Response('<html>bad gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } }),
  );
  await bench.read('accounts');
  expect(clock.slept).toEqual([250, 500]);
  const said: string[] = [];
  const failure = async (): Promise<unknown> => {
    const error: unknown = await bench.read('leads').catch((reason: unknown) => reason);
    said.push(inspect(error, { depth: 9 }), JSON.stringify(error));
    return error;
  };
  org.server.faults.push(({ query, headers }) =>
    query.get('q')?.includes('FROM LeadHistory')
      ? json(
          [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: `TotalRequests exceeded ${headers.get('authorization')}` }],
          403,
        )
      : undefined,
  );
  expect(await failure()).toMatchObject({ code: 'quota', message: expect.stringContaining('[secret]') });
  org.server.faults.push(({ query }) =>
    query.get('q')?.includes('FROM LeadHistory') ? json({ records: [{}], done: false }) : undefined,
  );
  expect(await failure()).toMatchObject({
    code: 'changed',
    message: expect.stringMatching(/more records, but not where/),
  });
  const never = ({ path }: { path: string }) =>
    path.includes('/query') ? json([{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired' }], 401) : undefined;
  org.server.faults.push(...Array.from({ length: 50 }, () => never));
  expect(await failure()).toMatchObject({ code: 'credentials' });
  org.server.faults.length = 0;
  bench.secrets = new Secrets({
    SAMA_SALESFORCE_CLIENT_ID: 'x',
    SAMA_SALESFORCE_CLIENT_SECRET: 'wrong-secret-1',
    SAMA_SALESFORCE_REFRESH_TOKEN: 'wrong-token-22',
  });
  expect(await failure()).toMatchObject({ code: 'credentials', message: expect.stringMatching(/SAMA_SALESFORCE_URL/) });
  for (const secret of [org.clientSecret, org.refreshToken, '00D-session', 'wrong-secret-1', 'wrong-token-22'])
    expect(said.join('\n')).not.toContain(secret);
});

test('what the org lacks is left out and told; settings name more fields and stages', async () => {
  const bench = await open();
  delete bench.org.described['Campaign'];
  bench.settings = {
    stages: { 'Lead.Status': { Open: 'mql', Qualified: null }, 'Opportunity.StageName': { Prospecting: null } },
    attributes: { Lead: ['SAL_Date__c', 'Score__c'] },
  };
  const { rows, seen, notes } = await bench.read();
  expect(rows['lead-stages']?.map(({ stage, at }) => [stage, at])).toEqual([
    ['mql', '2026-01-05T09:00:00.000+0000'],
    ['sal', '2026-01-10T09:00:00.000+0000'],
  ]);
  expect(rows['leads']?.[0]).toMatchObject({ SAL_Date__c: null });
  expect(notes).toEqual([
    expect.stringMatching(/The object Campaign is not read/),
    expect.stringMatching(/Lead has no field "Score__c"/),
  ]);
  expect(Object.keys(seen)).not.toContain('Lead.Status: Open');
});

test('a campaign that lasts longer than it did is told, and the sync goes on', async () => {
  const bench = await open();
  const streams = ['campaigns', 'campaign-members'];
  await bench.sync({ streams });
  const [fair] = bench.org.objects['Campaign'] ?? [];
  Object.assign(fair ?? {}, { EndDate: '2026-01-15', SystemModstamp: '2026-06-02T10:00:00.000+0000' });
  const later = await bench.sync({ streams, now: new Date('2026-06-03T12:00:00.000Z') });
  expect(later.streams).toMatchObject([
    {
      stream: 'campaigns',
      notImported: [{ table: 'campaigns', reason: expect.stringMatching(/overlap.*sama import --undo/s) }],
    },
    { stream: 'campaign-members', notImported: [] },
  ]);
  expect(await bench.rows('SELECT to_day::VARCHAR AS til FROM figures')).toEqual([{ til: '2026-01-13' }]);
  // With the older batch out, all of them are brought in again.
  const store = await bench.store();
  const batch = (await store.batches()).find(({ figures }) => figures > 0);
  await store.undo(batch?.batch ?? '');
  await bench.sync({ streams, full: true, now: new Date('2026-06-03T12:00:00.000Z') });
  expect(await bench.rows('SELECT to_day::VARCHAR AS til FROM figures')).toEqual([{ til: '2026-01-16' }]);
});

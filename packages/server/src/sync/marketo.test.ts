import { inspect } from 'node:util';
import { Secrets } from '@sama/connectors';
import { expect, test } from 'vitest';
import { failure, FakeMarketo, type FakeActivity } from '../testing/fake-marketo.ts';
import { SyncBench } from '../testing/sync-bench.ts';

const at = (day: string): string => `${day}T10:00:00Z`;
const stage = (id: number, leadId: number, day: string, to: string, kind = 101): FakeActivity => ({
  id,
  leadId,
  at: at(day),
  kind,
  subject: 'Model',
  attributes: { 'Old Stage': 'x', 'New Stage': to },
});

/** An instance with three leads, of which one has been deleted since, and what is read of it. */
async function open(): Promise<SyncBench & { instance: FakeMarketo }> {
  const instance = await FakeMarketo.open();
  for (const [kind, name] of Object.entries({
    1: 'Visit Webpage',
    2: 'Fill Out Form',
    12: 'New Lead',
    13: 'Change Data Value',
    101: 'Change Revenue Stage',
    102: 'Change Revenue Stage Manually',
  }))
    instance.types.set(Number(kind), name);
  instance.fields.push(
    { name: 'email', label: 'Email Address', type: 'email' },
    { name: 'leadStatus', label: 'Lead Status', type: 'string' },
    { name: 'leadScore', label: 'Lead Score', type: 'integer' },
    { name: 'country', label: 'Country', type: 'string' },
    { name: 'sfdcLeadId', label: 'SFDC Lead Id', type: 'string' },
  );
  instance.leads.set(1, { email: 'a@example.com', leadScore: 42, country: 'DE', sfdcLeadId: '00Q1' });
  instance.leads.set(2, { email: 'b@example.com', leadScore: null, country: null });
  instance.activities = [
    { id: 10, leadId: 1, at: at('2026-01-05'), kind: 12, subject: 'Web form' },
    { id: 11, leadId: 1, at: at('2026-01-05'), kind: 2, subject: 'Demo form' },
    { id: 12, leadId: 1, at: at('2026-01-06'), kind: 1, subject: '/pricing' },
    stage(13, 1, '2026-01-07', 'MQL'),
    stage(14, 2, '2026-01-08', 'SAL', 102),
    stage(15, 2, '2026-01-09', 'Engaged'),
    stage(16, 3, '2026-01-10', 'MQL'),
    {
      id: 17,
      leadId: 1,
      at: at('2026-01-11'),
      kind: 13,
      subject: 'Lead Status',
      attributes: { 'Old Value': '', 'New Value': 'Accepted' },
    },
    { id: 18, leadId: 1, at: at('2026-01-12'), kind: 13, subject: 'Country', attributes: { 'New Value': 'DE' } },
  ];
  const secrets = new Secrets({
    SAMA_MARKETO_CLIENT_ID: 'client-id-4711',
    SAMA_MARKETO_CLIENT_SECRET: instance.clientSecret,
  });
  return Object.assign(new SyncBench('marketo', { SAMA_MARKETO_URL: instance.server.url }, secrets), { instance });
}

test('activities become stages, activities and the leads they are about, and a lead counts as it is last', async () => {
  const bench = await open();
  // Each lead comes in several pages.
  bench.instance.pageSize = 2;
  const report = await bench.sync({
    onProgress: () => bench.instance.leads.set(2, { leadScore: 7, country: 'FR' }),
  });
  expect(
    await bench.rows(
      `SELECT entity_id AS id, stage, strftime(make_timestamp(at_ms * 1000), '%Y-%m-%d') AS day FROM stage_events ORDER BY at_ms`,
    ),
  ).toEqual([
    { id: 'marketo:1', stage: 'lead', day: '2026-01-05' },
    { id: 'marketo:1', stage: 'mql', day: '2026-01-07' },
    { id: 'marketo:2', stage: 'sal', day: '2026-01-08' },
    { id: 'marketo:3', stage: 'mql', day: '2026-01-10' },
  ]);
  expect(await bench.rows('SELECT id, attributes FROM records ORDER BY id')).toEqual([
    { id: 'marketo:1', attributes: expect.stringContaining('"leadScore":42') },
    { id: 'marketo:2', attributes: expect.stringMatching(/"leadScore":7.*"country":"FR"/) },
  ]);
  expect(await bench.rows('SELECT name, person_id AS person FROM activity_events')).toEqual([
    { name: 'fill-out-form', person: 'marketo:1' },
  ]);
  expect(report.streams[0]?.health).toMatchObject({
    unsupported: { 'revenueStage: Engaged': 1 },
    unmatched: { 'activities of leads that were deleted or merged': 1 },
  });
  // An hour is read again; rows that come twice are one.
  const again = await bench.sync({ now: new Date('2026-06-02T12:00:00.000Z') });
  expect(again.streams[0]).toMatchObject({ from: '2026-06-01T11:00:00.000Z', records: 0, imports: [] });
});

test('settings name fields with stages, kinds of activities and the id of another source', async () => {
  const bench = await open();
  bench.settings = {
    stages: { leadStatus: { Accepted: 'sal' }, revenueStage: { Engaged: 'mql', MQL: null } },
    attributes: { activities: ['Visit Webpage', 'Fly'], leads: ['email', 'shoeSize'] },
    personId: 'sfdcLeadId',
    idPrefix: 'm-',
  };
  const { rows, seen, notes } = await bench.read();
  expect(rows['lead-stages']?.map(({ id, stage: entered }) => [id, entered])).toEqual([
    ['00Q1', 'lead'],
    ['m-2', 'sal'],
    ['m-2', 'mql'],
    ['00Q1', 'sal'],
  ]);
  expect(rows['activities']?.map(({ name, personId }) => [name, personId])).toEqual([
    ['fill-out-form', '00Q1'],
    ['visit-webpage', '00Q1'],
  ]);
  expect(rows['leads']).toContainEqual(expect.objectContaining({ id: '00Q1', email: 'a@example.com' }));
  expect(seen).toEqual({ 'leads without sfdcLeadId': 1, 'activities of leads that were deleted or merged': 1 });
  expect(notes).toEqual(['There are no activities "Fly".', expect.stringMatching(/no field "shoeSize"/)]);
  bench.settings = { stages: { mood: { good: 'sal' } } };
  await expect(bench.read()).rejects.toThrow('stages: leads have no field "mood".');
});

test('an empty page is not the end, and a place that was forgotten lets it begin anew', async () => {
  const bench = await open();
  bench.instance.pageSize = 3;
  bench.instance.activities.push(
    ...Array.from({ length: 12 }, (_, n) => ({ id: 100 + n, leadId: 1, at: at('2026-02-01'), kind: 1 })),
    stage(200, 2, '2026-03-01', 'SQL'),
  );
  const { streams } = await (await bench.connector()).plan();
  const read = async (position?: string) => {
    const found: { position: string; ids: unknown[] }[] = [];
    for await (const page of streams[0]?.read({ until: '2026-06-01T00:00:00.000Z' }, position, undefined) ?? [])
      found.push({ position: page.position, ids: page.rows['lead-stages']?.map(({ record }) => record) ?? [] });
    return found;
  };
  const all = await read();
  expect(all.map(({ ids }) => ids)).toEqual([['10'], ['13', '14'], ['16'], [], [], [], [], ['200']]);
  expect(await read(all[3]?.position)).toEqual(all.slice(4));
  expect(await read(all.at(-1)?.position)).toEqual([]);
  bench.instance.places.clear();
  expect((await read(all[3]?.position)).flatMap(({ ids }) => ids)).toEqual(all.flatMap(({ ids }) => ids));
});

test('limits are waited for, those of a day end the sync, a token that ended is renewed, and no secret is said', async () => {
  const bench = await open();
  const { instance, clock } = bench;
  let ended = false;
  instance.server.faults.push(({ path }) => {
    if (path.endsWith('/activities.json') && !ended) {
      ended = true;
      instance.sessions.clear();
    }
    return undefined;
  });
  await bench.read();
  expect(instance.server.asked.filter((asked) => asked.endsWith('/identity/oauth/token'))).toHaveLength(2);
  instance.server.faults.length = 0;
  const limited =
    (code: string) =>
    ({ path }: { path: string }) =>
      path.startsWith('/rest/') ? failure(code, `limit of ${instance.clientSecret}`) : undefined;
  instance.server.faults.push(limited('606'), limited('615'), limited('604'));
  await bench.read();
  expect(clock.slept).toEqual([20_250, 500, 1000]);
  const said: string[] = [];
  for (const [code, expected] of [
    ['607', 'quota'],
    ['603', 'forbidden'],
    ['1003', 'refused'],
  ] as const) {
    instance.server.faults.push(limited(code));
    const error: unknown = await bench.read().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: expected });
    said.push(inspect(error, { depth: 9 }));
  }
  bench.secrets = new Secrets({
    SAMA_MARKETO_CLIENT_ID: 'client-id-4711',
    SAMA_MARKETO_CLIENT_SECRET: 'wrong-secret-66',
  });
  const error: unknown = await bench.read().catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'credentials' });
  said.push(inspect(error, { depth: 9 }));
  for (const secret of [instance.clientSecret, 'wrong-secret-66', 'marketo-token'])
    expect(said.join('\n')).not.toContain(secret);
  const nowhere = new SyncBench('marketo', {}, bench.secrets);
  await expect(nowhere.read()).rejects.toThrow(/SAMA_MARKETO_URL is not set/);
});

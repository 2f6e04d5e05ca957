import {
  hubspotWriteBack,
  salesforceWriteBack,
  Secrets,
  type ConnectorSettings,
  type HandoffOutcome,
} from '@sama/connectors';
import { expect, test } from 'vitest';
import { hubspotAccount } from '../testing/hubspot-account.ts';
import { changeRecord } from '../testing/fake-hubspot.ts';
import { salesforceOrg, sfId } from '../testing/salesforce-org.ts';
import { Clock } from '../testing/sync-bench.ts';

const stages = [{ key: 'sal' }];
const accept = (personId: string): HandoffOutcome => ({ personId, decision: 'accepted', day: '2026-06-01' });
const giveBack = (personId: string): HandoffOutcome => ({
  personId,
  decision: 'returned',
  reason: 'no budget',
  day: '2026-06-02',
});

async function hubspot(settings: ConnectorSettings = {}) {
  const account = await hubspotAccount();
  const clock = new Clock();
  const secrets = new Secrets({ SAMA_HUBSPOT_TOKEN: account.token });
  const writeBack: ConnectorSettings['writeBack'] = {
    status: { field: 'hs_lead_status', accepted: 'OPEN', returned: 'BAD_TIMING' },
    reason: 'return_reason',
    salDate: 'sal_date',
  };
  const open = (changes: ConnectorSettings = {}) =>
    hubspotWriteBack(
      { base: account.server.url, secrets, pace: clock },
      { stages, currency: 'EUR', settings: { writeBack, ...settings, ...changes } },
    );
  const contact = (id: string) => account.objects['contacts']?.find((one) => one.id === id)?.properties;
  const writes = () => account.server.asked.filter((asked) => asked.startsWith('PATCH'));
  return { account, clock, open, contact, writes, writeBack };
}

test('HubSpot: a decision is written, read again, and written once', async () => {
  const { open, contact, writes } = await hubspot();
  const port = open();
  expect(await port.write(accept('hubspot:101'))).toEqual({
    personId: 'hubspot:101',
    status: 'written',
    fields: [
      { field: 'hs_lead_status', wanted: 'OPEN', found: 'OPEN' },
      { field: 'sal_date', wanted: '2026-06-01', found: '2026-06-01' },
    ],
  });
  expect(contact('101')).toMatchObject({ hs_lead_status: 'OPEN', sal_date: '2026-06-01', country: 'DE' });
  expect((await port.write(accept('hubspot:101'))).status).toBe('unchanged');
  expect(writes()).toHaveLength(1);
  expect((await port.write(giveBack('hubspot:101'))).status).toBe('written');
  expect(contact('101')).toMatchObject({
    hs_lead_status: 'BAD_TIMING',
    return_reason: 'no budget',
    sal_date: '2026-06-01',
  });
});

test('HubSpot: what a workflow sets back is told, not taken for written', async () => {
  const { account, open, clock } = await hubspot();
  account.stubborn['hs_lead_status'] = 'NEW';
  expect(await open().write(accept('hubspot:102'))).toMatchObject({
    status: 'differs',
    fields: [
      { field: 'hs_lead_status', wanted: 'OPEN', found: 'NEW' },
      { field: 'sal_date', wanted: '2026-06-01', found: '2026-06-01' },
    ],
  });
  expect(clock.slept).toEqual([1000, 4000]);
});

test('HubSpot: what somebody else sets meanwhile is a conflict, and never taken for written', async () => {
  const { account, open, contact, clock } = await hubspot();
  const record = account.objects['contacts']?.find(({ id }) => id === '102');
  if (record === undefined) throw new Error('no contact 102');
  const { faults } = account.server;
  const somebody = (value: string) => changeRecord(record, { hs_lead_status: value });
  // Between the first look and the write, which takes its place: only the past of the field tells.
  somebody('NEW');
  faults.push(({ method }) => {
    if (method === 'PATCH') somebody('UNQUALIFIED');
    return undefined;
  });
  expect(await open().write(accept('hubspot:102'))).toMatchObject({
    status: 'conflict',
    fields: [{ field: 'hs_lead_status', wanted: 'OPEN', found: 'OPEN' }, {}],
  });
  faults.length = 0;
  // After the write, before it is read again.
  let written = false;
  faults.push(({ method, path }) => {
    if (written && method === 'GET' && path.endsWith('/102') && record.properties['hs_lead_status'] !== 'UNQUALIFIED')
      somebody('UNQUALIFIED');
    written ||= method === 'PATCH';
    return undefined;
  });
  expect(await open().write(giveBack('hubspot:102'))).toMatchObject({
    status: 'conflict',
    fields: [{ wanted: 'BAD_TIMING', found: 'UNQUALIFIED' }, { found: 'no budget' }],
  });
  faults.length = 0;
  expect(clock.slept).toEqual([1000, 4000]);
  // Who sets another field, or the very same value, is in nobody's way.
  faults.push(({ method }) => {
    if (method === 'PATCH') changeRecord(record, { country: 'FR', hs_lead_status: 'OPEN' });
    return undefined;
  });
  expect((await open().write(accept('hubspot:102'))).status).toBe('written');
  expect(contact('102')).toMatchObject({ hs_lead_status: 'OPEN', country: 'FR' });
});

test('HubSpot: persons are found by the id of another source, and nobody is guessed', async () => {
  const { account, open, contact, writes } = await hubspot({ personId: 'salesforceleadid' });
  for (const [id, shared] of [
    ['101', '00Q1'],
    ['102', '00Q2'],
    ['103', '00Q2'],
  ] as const)
    Object.assign(contact(id) ?? {}, { salesforceleadid: shared });
  const port = open();
  expect((await port.write(accept('00Q1'))).status).toBe('written');
  expect(contact('101')).toMatchObject({ hs_lead_status: 'OPEN' });
  await expect(port.write(accept('00Q2'))).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(/^2 contacts of HubSpot have "00Q2"/),
  });
  // One of the letters is a capital: to the search the same, to Salesforce somebody else.
  await expect(port.write(accept('00q1'))).rejects.toMatchObject({ code: 'not-found' });
  await expect(port.write(accept('00Q3'))).rejects.toMatchObject({ code: 'not-found' });
  await expect(port.write(accept('hubspot:999'))).rejects.toMatchObject({ code: 'not-found' });
  expect(writes()).toHaveLength(1);
  expect(account.objects['contacts']).toHaveLength(3);
});

test('HubSpot: settings the account cannot serve are refused before anything is written', async () => {
  const { open, writes, writeBack } = await hubspot();
  const status = { field: 'hs_lead_status', accepted: 'ACCEPTED', returned: 'BAD_TIMING' };
  await expect(open({ writeBack: { status } }).write(accept('hubspot:101'))).rejects.toThrow(
    'writeBack.status.field: "hs_lead_status" has no value "ACCEPTED". It has: NEW, OPEN, UNQUALIFIED, BAD_TIMING.',
  );
  await expect(open({ writeBack: { ...writeBack, salDate: 'sal_day' } }).write(accept('hubspot:101'))).rejects.toThrow(
    'writeBack.salDate: contacts has no field "sal_day".',
  );
  await expect(
    open({ writeBack: { ...writeBack, salDate: 'hs_v2_date_entered_lead' } }).write(accept('hubspot:101')),
  ).rejects.toThrow('holds a moment');
  await expect(open().write({ ...accept('hubspot:101'), day: '1 June' })).rejects.toThrow('is not a day');
  expect(() => open({ writeBack: undefined })).toThrow(/writeBack is not set/);
  expect(writes()).toEqual([]);
});

test('Salesforce: leads are written and read again; a converted one and a foreign id are refused', async () => {
  const org = await salesforceOrg();
  const secrets = new Secrets({
    SAMA_SALESFORCE_CLIENT_ID: '3MVG9-client-id',
    SAMA_SALESFORCE_CLIENT_SECRET: org.clientSecret,
    SAMA_SALESFORCE_REFRESH_TOKEN: org.refreshToken,
  });
  const clock = new Clock();
  const writeBack = {
    status: { field: 'Status', accepted: 'Working', returned: 'Nurture' },
    reason: 'Return_Reason__c',
    salDate: 'SAL_Date__c',
  };
  const port = salesforceWriteBack(
    { base: org.server.url, secrets, pace: clock },
    { stages, currency: 'EUR', settings: { writeBack } },
  );
  const lead = sfId('00Q', 3);
  const held = () => org.objects['Lead']?.find((one) => one['Id'] === lead);
  expect((await port.write(accept(lead))).status).toBe('written');
  expect(held()).toMatchObject({ Status: 'Working', SAL_Date__c: '2026-06-01' });
  org.sessions.clear();
  expect((await port.write(accept(lead))).status).toBe('unchanged');
  expect(await port.write(giveBack(lead))).toMatchObject({
    status: 'written',
    fields: [{ found: 'Nurture' }, { found: 'no budget' }],
  });
  org.stubborn['Status'] = 'Open';
  expect(await port.write(accept(lead))).toMatchObject({
    status: 'differs',
    fields: [{ field: 'Status', wanted: 'Working', found: 'Open' }, {}],
  });
  org.stubborn['Status'] = 'Working';
  // Somebody is quicker: nothing of theirs is lost.
  org.server.faults.push(({ method }) => {
    const record = held();
    if (method === 'PATCH' && record !== undefined)
      Object.assign(record, { Status: 'Nurture', SystemModstamp: '2026-06-01T12:00:00.000+0000' });
    return undefined;
  });
  expect(await port.write(accept(lead))).toMatchObject({
    status: 'conflict',
    fields: [{ field: 'Status', wanted: 'Working', found: 'Nurture' }, {}],
  });
  org.server.faults.length = 0;
  await expect(port.write(accept(sfId('00Q', 1)))).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(/CANNOT_UPDATE_CONVERTED_LEAD/),
  });
  await expect(port.write(accept('hubspot:101'))).rejects.toMatchObject({ code: 'not-found' });
  // Contacts of this org have not the fields.
  await expect(port.write(accept(sfId('003', 1)))).rejects.toThrow(
    'writeBack.status.field: Contact has no field "Status".',
  );
});

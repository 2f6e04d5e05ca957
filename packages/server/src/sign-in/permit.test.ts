import { OWNER_RIGHTS, type Question } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { rightsOf } from './grant.ts';
import { permits } from './permit.ts';
import { owner, type Signed } from './signed.ts';

const permit = permits();
const reader = (scopes: string[], caps: Signed['rights']['caps'] = []): Signed => ({
  ...owner(),
  scopes,
  rights: rightsOf('default', { scopes, caps, origins: [], suppress: 0 }),
});

const FUNNEL: Question = { kind: 'funnel', funnel: 'lead-to-won@1.0.0' };
const by = (field: string): Question => ({ ...FUNNEL, filter: { not: { all: [{ field, matches: 'a*' }] } } });
const MEASURE: Question = {
  kind: 'measure',
  measure: { of: 'person', aggregates: ['count'], by: 'attributes.e_mail' },
};

const RECORDS: Question = { kind: 'records', funnel: 'lead-to-won', stage: 'sal' };

test.each([
  [['*'], FUNNEL, undefined],
  [['funnel'], FUNNEL, undefined],
  [['funnel:lead-to-won'], FUNNEL, undefined],
  [['funnel:other', 'kpi'], FUNNEL, /do not include funnel "lead-to-won@1\.0\.0"/],
  [['kpi'], FUNNEL, /do not include funnel/],
  [['kpi'], { kind: 'handoffs' }, /questions of kind "handoffs"/],
  [['kpi:win-rate'], { kind: 'kpi', kpis: ['win-rate'] }, undefined],
  [['kpi:win-rate'], { kind: 'kpi', kpis: ['win-rate', 'cac'] }, /kpi "cac"/],
  // All KPIs are more than one.
  [['kpi:win-rate'], { kind: 'kpi' }, /name single definitions/],
  [['measure:size'], { kind: 'measure', measure: 'size' }, undefined],
  [['measure:size'], MEASURE, /name single definitions/],
  [['funnel'], by('attributes.region'), undefined],
  [['funnel'], by('attributes.email'), /"attributes\.email" is personal/],
  [['funnel'], by('attributes.First_Name'), /is personal/],
  [['funnel', 'personal'], by('attributes.email'), undefined],
  [['funnel', 'personal'], by('id'), /singles out a record/],
  [['funnel'], by('personId'), /singles out a record/],
  [['funnel'], { ...FUNNEL, filter: { field: 'attributes.region', eq: 'id' } }, undefined],
  [['eventFunnel'], { kind: 'eventFunnel', funnel: 'f', breakdown: { actor: 'attributes.phone' } }, /is personal/],
] satisfies [string[], Question, RegExp | undefined][])('with %j %j', (scopes, question, reason) => {
  const permitted = /^permitted$/;
  expect(permit(reader(scopes), question) ?? 'permitted').toMatch(reason ?? permitted);
});

test('drill opens single records, the configuration says what is personal, and an owner may all', () => {
  expect(permit(reader(['funnel'], ['drill']), by('id'))).toBeUndefined();
  const own = permits(['attributes.e_mail', 'owner']);
  expect(own(reader(['measure']), MEASURE)).toMatch(/personal/);
  expect(own(reader(['funnel']), by('owner'))).toMatch(/personal/);
  expect(own(reader(['funnel']), by('attributes.email'))).toMatch(/personal/);
  expect(own(reader(['funnel']), by('attributes.phone'))).toBeUndefined();
  expect(permit({ ...owner(), rights: OWNER_RIGHTS }, by('attributes.email'))).toBeUndefined();
});

test('records need drill and a scope of their own, and name no personal field, nor read one unnamed', () => {
  expect(permit(reader(['records']), RECORDS)).toMatch(/do not include "drill"/);
  expect(permit(reader(['funnel'], ['drill']), RECORDS)).toMatch(/do not include records "lead-to-won"/);
  expect(permit(reader(['records:other'], ['drill']), RECORDS)).toMatch(/do not include records "lead-to-won"/);
  expect(permit(reader(['records:lead-to-won'], ['drill']), RECORDS)).toBeUndefined();
  const email: Question = { ...RECORDS, fields: ['attributes.email'] };
  expect(permit(reader(['records'], ['drill']), email)).toMatch(/"attributes\.email" is personal/);
  expect(permit(reader(['records', 'personal'], ['drill']), email)).toBeUndefined();
  expect(permits(['owner'])(reader(['records'], ['drill']), RECORDS)).toMatch(/"owner" is personal/);
  expect(permits(['owner'])(reader(['records'], ['drill']), { ...RECORDS, fields: ['amount'] })).toBeUndefined();
});

test('a difference needs the rights to both funnels, and to name records also those to records', () => {
  const a = { funnel: 'lead-to-won', stage: 'sal' };
  const asked: Question = { kind: 'difference', a, b: { ...a, skipPolicy: 'strict' } };
  const named: Question = { ...asked, records: 5 };
  expect(permit(reader(['funnel:lead-to-won']), asked)).toBeUndefined();
  expect(permit(reader(['records', 'kpi'], ['drill']), asked)).toMatch(/do not include funnel "lead-to-won"/);
  const other: Question = { ...asked, b: { ...a, funnel: 'deals@2.0.0' } };
  expect(permit(reader(['funnel:lead-to-won']), other)).toMatch(/do not include funnel "deals@2\.0\.0"/);
  expect(permit(reader(['funnel:lead-to-won', 'funnel:deals']), other)).toBeUndefined();
  expect(permit(reader(['funnel'], ['drill']), named)).toMatch(/do not include records "lead-to-won"/);
  expect(permit(reader(['funnel', 'records']), named)).toMatch(/do not include "drill"/);
  expect(permit(reader(['funnel', 'records:lead-to-won'], ['drill']), named)).toBeUndefined();
  const byMail: Question = { ...asked, b: { ...a, filter: { field: 'attributes.email', present: true } } };
  expect(permit(reader(['funnel']), byMail)).toMatch(/"attributes\.email" is personal/);
});

import { expect, test } from 'vitest';
import { attribute, compareModels, type Journey } from './index.ts';

const touch = (id: string, at: string, channel: string, more: object = {}) => ({ id, at, channel, ...more });

/** A deal of 100.00 EUR with five touches that count, and one of each kind that does not. */
const deal: Journey = {
  id: 'deal',
  at: '2026-07-01T12:00:00Z',
  amount: 10_000,
  currency: 'EUR',
  milestones: { leadCreation: '2026-05-10T09:00:00Z', opportunityCreation: '2026-06-01' },
  touches: [
    touch('late', '2026-07-01T12:00:00.001Z', 'Call', { team: 'sales' }),
    touch('edge', '2026-01-02T12:00:00Z', 'Search', { team: 'marketing', campaign: 'spring' }),
    touch('old', '2026-01-02T11:59:59.999Z', 'Search'),
    touch('form', '2026-05-10T09:00:00Z', 'Content', { team: 'marketing', campaign: 'spring' }),
    touch('again', '2026-05-10T09:30:00Z', 'Content', { team: 'marketing', campaign: 'spring' }),
    touch('later', '2026-05-10T09:30:00.001Z', 'Content', { team: 'marketing', campaign: 'spring' }),
    touch('visit', '2026-06-01', 'Event', { team: 'sales' }),
    touch('meeting', '2026-07-01T12:00:00Z', 'Call', { team: 'sales' }),
  ],
};
const silent: Journey = { id: 'silent', at: '2026-07-02T00:00:00Z', amount: 2500, currency: 'EUR', touches: [] };
const berlin = { timeZone: 'Europe/Berlin' };

test('touches up to the conversion count, within a window closed at both ends, and doubles once', () => {
  const { excluded, touches } = attribute([deal], { model: { model: 'linear' } }, berlin);
  expect(Object.fromEntries(excluded.map(({ touchId, reason }) => [touchId, reason]))).toEqual({
    late: 'after-conversion',
    old: 'before-lookback',
    again: 'duplicate',
  });
  expect(touches?.map((credit) => [credit.touch.id, credit.at, credit.precision, credit.weight])).toEqual([
    ['edge', '2026-01-02T12:00:00.000Z', 'instant', 0.2],
    ['form', '2026-05-10T09:00:00.000Z', 'instant', 0.2],
    ['later', '2026-05-10T09:30:00.001Z', 'instant', 0.2],
    ['visit', '2026-06-01T21:59:59.999Z', 'day', 0.2],
    ['meeting', '2026-07-01T12:00:00.000Z', 'instant', 0.2],
  ]);
});

test('an anchor is the last touch up to its milestone, and closed-won the last of all', () => {
  const { touches } = attribute([deal], { model: { model: 'fullPath' } }, berlin);
  expect(touches?.map(({ touch, amount }) => [touch.id, amount.value])).toEqual([
    ['edge', 2250],
    ['form', 2250],
    ['later', 1000],
    ['visit', 2250],
    ['meeting', 2250],
  ]);
});

test('what nobody touched stays apart, and every choice is stated', () => {
  const answer = attribute([deal, silent], { model: { model: 'timeDecay' } }, berlin);
  expect(answer.choices).toEqual({
    model: { model: 'timeDecay', halfLife: { days: 30 } },
    lookback: { days: 180 },
    duplicates: { minutes: 30 },
    sourcePriority: [],
    by: 'channel',
  });
  expect(answer.amount).toEqual({ value: 12_500, currency: 'EUR' });
  expect(answer.unattributed).toMatchObject({
    conversions: 1,
    amount: { value: 2500, currency: 'EUR' },
    share: { value: 0.5, k: 1, n: 2 },
  });
  expect(answer.sharedJourneys).toMatchObject({
    both: 1,
    marketingOnly: 0,
    salesOnly: 0,
    neither: 1,
    share: { k: 1, n: 2 },
  });
  expect(answer.note).toBe('convention-not-cause');
});

test('credit is read by channel, campaign, asset and team, with a row for touches that do not say', () => {
  const { totals } = attribute([deal], { model: { model: 'linear' } }, berlin);
  expect(totals.campaign).toEqual([
    { key: 'spring', conversions: expect.closeTo(0.6, 12), amount: { value: 6000, currency: 'EUR' } },
    { key: null, conversions: expect.closeTo(0.4, 12), amount: { value: 4000, currency: 'EUR' } },
  ]);
  expect(totals.asset).toHaveLength(1);
  expect(totals.team?.map(({ key, amount }) => [key, amount.value])).toEqual([
    ['marketing', 6000],
    ['sales', 4000],
  ]);
});

test('milestones that share a touch add up there', () => {
  const won = { ...deal, milestones: { leadCreation: deal.at, opportunityCreation: deal.at } };
  const { touches } = attribute([won], { model: { model: 'fullPath' } }, berlin);
  expect(touches?.map(({ amount }) => amount.value)).toEqual([2250, 334, 333, 333, 6750]);
});

test('Shapley shares a conversion by channel, and the part of a channel by touch', () => {
  const { touches } = attribute([deal], { model: { model: 'shapley' } }, berlin);
  expect(touches?.map(({ touch, amount }) => [touch.channel, amount.value])).toEqual([
    ['Search', 2500],
    ['Content', 1250],
    ['Content', 1250],
    ['Event', 2500],
    ['Call', 2500],
  ]);
  // A touch without a campaign is no player; what is left is one campaign.
  const byCampaign = attribute([deal], { model: { model: 'shapley' }, by: 'campaign' }, berlin);
  expect(byCampaign.totals.campaign).toEqual([
    { key: 'spring', conversions: expect.closeTo(1, 12), amount: { value: 10_000, currency: 'EUR' } },
  ]);
  expect(byCampaign.excluded.filter(({ reason }) => reason === 'unnamed').map(({ touchId }) => touchId)).toEqual([
    'visit',
    'meeting',
  ]);
});

test('touches of one instant stand by source priority, then by id', () => {
  const at = '2026-07-01T00:00:00Z';
  const touches = [
    touch('c', at, 'C', { source: 'web' }),
    touch('b', at, 'B'),
    touch('a', at, 'A', { source: 'other' }),
    touch('d', at, 'D', { source: 'crm' }),
  ];
  const { touches: credits } = attribute([{ id: 'j', at, touches }], {
    model: { model: 'linear' },
    sourcePriority: ['crm', 'web'],
  });
  expect(credits?.map(({ touch }) => touch.id)).toEqual(['d', 'c', 'a', 'b']);
});

test('one person twice is one touch, two persons are two', () => {
  const touches = ['p1', 'p1', 'p2'].map((personId, i) =>
    touch(`t${i}`, `2026-06-01T10:0${i}:00Z`, 'Webinar', { personId }),
  );
  const journey: Journey = { id: 'j', at: '2026-07-01T00:00:00Z', touches };
  expect(attribute([journey], { model: { model: 'last' } }).excluded.map(({ touchId }) => touchId)).toEqual(['t1']);
  expect(attribute([journey], { model: { model: 'last' }, duplicates: 'none' }).excluded).toEqual([]);
});

test('a chain learns from journeys without a conversion; money goes by effect, ties to the first name', () => {
  const at = '2026-07-01T00:00:00Z';
  const journey = (id: string, channels: string[], converted: boolean): Journey => ({
    id,
    at,
    converted,
    ...(converted ? { amount: 101, currency: 'EUR' } : {}),
    touches: channels.map((channel, i) => touch(`${i}`, `2026-06-0${i + 1}T00:00:00Z`, channel)),
  });
  const journeys = [
    journey('1', ['c1', 'c2', 'c3'], true),
    journey('2', ['c1'], false),
    journey('3', ['c2', 'c3'], false),
  ];
  const { totals, touches, conversions } = attribute(journeys, { model: { model: 'markov' } });
  expect(conversions).toBe(1);
  expect(touches).toBeNull();
  // 20.2, 40.4 and 40.4: the unit that is left goes to the first of the larger remainders.
  expect(totals.channel?.map(({ key, amount, removalEffect }) => [key, amount.value, removalEffect])).toEqual([
    ['c2', 41, 1],
    ['c3', 40, 1],
    ['c1', 20, 0.5],
  ]);
});

test('amounts of two currencies are not added up', () => {
  const dollars: Journey = { ...deal, id: 'other', currency: 'USD' };
  const { amount, totals, touches, warnings } = attribute([deal, dollars], { model: { model: 'last' } }, berlin);
  expect(amount).toEqual({ value: null, reason: 'mixed-currency' });
  expect(totals.channel?.[0]?.amount).toEqual({ value: null, reason: 'mixed-currency' });
  expect(touches?.at(-1)?.amount).toEqual({ value: 10_000, currency: 'USD' });
  expect(warnings).toEqual([{ code: 'mixed-currency' }]);
});

test('without journeys there is nothing, and it says so', () => {
  expect(attribute([], { model: { model: 'shapley' } })).toMatchObject({
    status: 'no-conversions',
    conversions: 0,
    amount: { value: null, reason: 'no-value' },
    unattributed: { conversions: 0, share: { value: null, reason: 'zero-denominator' } },
    totals: { channel: [] },
  });
});

test('models are shown with how far they lie apart', () => {
  const { spread } = compareModels([deal], [{ model: { model: 'first' } }, { model: { model: 'last' } }], berlin);
  expect(spread).toEqual([
    { key: 'Call', conversions: [0, 1], low: 0, high: 1 },
    { key: 'Search', conversions: [1, 0], low: 0, high: 1 },
    { key: 'Content', conversions: [0, 0], low: 0, high: 0 },
    { key: 'Event', conversions: [0, 0], low: 0, high: 0 },
  ]);
});

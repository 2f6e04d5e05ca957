import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MONDAY, OFFICE } from '../../testing/handoff-desk.ts';
import { refusal } from '../../testing/refusal.ts';
import { createPersonIndex } from '../identity/index.ts';
import type { RoutedLead, RoutingRules, Staff } from '../contracts/index.ts';
import { dryRun, explainRoute, NO_TURNS, readRoutingRules, routeLead, type RoutingWorld } from './index.ts';

const staff: Staff = {
  sellers: [
    { id: 'dana' },
    { id: 'eli', cap: 3 },
    { id: 'flo', out: [{ from: '2026-06-01T00:00:00Z', to: '2026-06-08T00:00:00Z' }] },
    { id: 'gus', active: false },
  ],
  pools: [
    { id: 'smb', sellers: [{ id: 'dana', weight: 2 }, { id: 'eli' }, { id: 'flo' }, { id: 'gus' }] },
    { id: 'hot', sellers: [{ id: 'dana' }] },
    { id: 'empty', sellers: [{ id: 'flo' }] },
    { id: 'queue', sellers: [] },
  ],
};
const rules: RoutingRules = readRoutingRules(
  {
    competitors: ['rival.example'],
    territories: [
      { id: 'north', when: { field: 'attributes.country', eq: 'NO' }, seller: 'dana' },
      { id: 'south', when: { field: 'attributes.country', eq: 'ES' }, pool: 'empty' },
    ],
    segments: [{ id: 'small', when: { field: 'attributes.size', lt: 200 }, pool: 'smb' }],
    lanes: [{ id: 'fast', ratings: ['A1'], of: ['smb'], pool: 'hot' }],
    fallback: { pool: 'queue', owner: 'olu', target: { business: { hours: 2 } } },
  },
  staff,
);
const world: RoutingWorld = {
  at: new Date(MONDAY).toISOString(),
  timeZone: 'UTC',
  staff,
  accounts: [
    { id: 'acme', domains: ['acme.example'], owner: 'flo', openOpportunity: { id: 'O1', owner: 'dana' } },
    { id: 'client', domains: ['client.example'], customer: true },
    { id: 'twin1', domains: ['twin.example'], owner: 'dana' },
    { id: 'twin2', domains: ['twin.example'], owner: 'dana' },
    { id: 'away', name: 'Away Ltd', country: 'GB', owner: 'flo' },
  ],
  people: createPersonIndex([{ id: 'P1', emails: ['ana@new.example'] }]),
  others: { openOf: (person) => (person === 'P1' ? ['H1'] : []) },
  calendars: {},
};
const lead = (more: Partial<RoutedLead> = {}): RoutedLead => ({ id: 'L', attributes: { size: 50 }, ...more });
const company = { name: 'AWAY, ltd', country: 'gb' };

test.each<[string, Partial<RoutedLead>, object, string]>([
  ['a customer', { emails: ['a@client.example'] }, { to: 'nobody', team: 'customer-success' }, 'Suppression: customer'],
  ['a competitor', { emails: ['a@rival.example'] }, { suppressedBy: 'competitor' }, 'Suppression: competitor'],
  ['an opt-out', { optedOut: true }, { suppressedBy: 'opt-out', team: null }, 'Suppression: opt-out'],
  ['a duplicate', { emails: ['Ana@new.example'] }, { to: 'handoff', handoff: 'H1' }, 'Duplicate: the open hand-off H1'],
  [
    'an open opportunity',
    { emails: ['b@www.acme.example'], domain: 'https://www.acme.example/x' },
    { seller: 'dana', pool: null },
    'Account: acme by domain acme.example, of dana',
  ],
  [
    'two accounts',
    { emails: ['b@twin.example'] },
    { pool: 'smb' },
    'Account: no, domain twin.example fits twin1, twin2',
  ],
  ['an owner who is out', { company }, { pool: 'smb' }, 'Account: no, away by name AWAY, ltd, gb, of flo, who is out'],
  ['a territory of a seller', { attributes: { country: 'NO' } }, { seller: 'dana' }, 'Territory: north'],
  [
    'a pool without anybody',
    { attributes: { country: 'ES' } },
    { to: 'fallback', owner: 'olu' },
    'Next seller: no, nobody in empty; flo is out',
  ],
  ['a lane', { rating: 'A1' }, { seller: 'dana', pool: 'hot' }, 'Lane: fast'],
  ['a segment', { rating: 'B2' }, { seller: 'dana', pool: 'smb' }, 'Next seller: dana; flo is out, gus is not active'],
  ['nothing that fits', { attributes: {} }, { to: 'fallback', pool: 'queue' }, 'Fallback: queue'],
  ['a mail provider', { emails: ['a@gmail.com'] }, { pool: 'smb' }, 'Account: no, no account has its domain'],
])('%s', (_, more, target, line) => {
  const route = routeLead(lead(more), rules, world, NO_TURNS);
  expect(route.target).toMatchObject(target);
  expect(explainRoute(route)).toContain(line);
});

test('who is passed over leaves the lead to the next that may have it, not to the queue', () => {
  const acme = {
    ...world,
    accounts: [{ id: 'acme', domains: ['acme.example'], owner: 'eli', openOpportunity: { id: 'O', owner: 'flo' } }],
  };
  const second = routeLead(lead({ emails: ['b@acme.example'] }), rules, acme, NO_TURNS);
  expect(second.target).toMatchObject({ to: 'seller', seller: 'eli', pool: null });
  expect(explainRoute(second)).toContain('Account: acme by domain acme.example, of flo, who is out, of eli');
  const when = { field: 'attributes.country', eq: 'NO' };
  const away = {
    ...rules,
    territories: [{ id: 'north', when, seller: 'flo' }],
    segments: [{ id: 'all', when, pool: 'smb' }],
  };
  const third = routeLead(lead({ attributes: { country: 'NO' } }), away, world, NO_TURNS);
  expect(third.target).toMatchObject({ to: 'seller', pool: 'smb' });
  expect(explainRoute(third)).toContain('Territory: no, flo is out');
});

test('a competitor is one under every name below its domain, and nobody else is', () => {
  const of = (email: string) =>
    routeLead(lead({ emails: [email] }), { ...rules, competitors: ['Rival.example'] }, world, NO_TURNS).target.to;
  expect(['a@rival.example', 'a@eu.rival.example', 'a@arrival.example', 'a@rival.example.org'].map(of)).toEqual([
    'nobody',
    'nobody',
    'seller',
    'seller',
  ]);
});

test('turns follow the weights, stop at the cap, and the cap is made up for', () => {
  const leads = Array.from({ length: 6 }, (_, i) => lead({ id: `L${i}` }));
  const first = dryRun(rules, leads, world, NO_TURNS);
  expect(first.bySeller).toEqual({ dana: 4, eli: 2 });
  const more = dryRun(
    rules,
    Array.from({ length: 12 }, () => lead()),
    world,
    NO_TURNS,
  );
  // The weights would give eli four of twelve; the cap is three.
  expect(more.bySeller).toEqual({ dana: 9, eli: 3 });
  const full = more.routes.at(-1)?.next ?? NO_TURNS;
  const free = dryRun(rules, [lead()], world, { ...full, load: { dana: 9, eli: 0 } });
  expect(free.bySeller).toEqual({ eli: 1 });
});

test('a dry run moves nothing, and the same seed, rules and state give the same routes', () => {
  const state = Object.freeze({ turns: Object.freeze({}), load: Object.freeze({}) });
  const leads = Array.from({ length: 9 }, (_, i) => lead({ id: `L${i}` }));
  expect(dryRun(rules, leads, world, state)).toEqual(dryRun(rules, leads, world, state));
  expect(state).toEqual(NO_TURNS);
  const even = { ...staff, pools: [{ id: 'smb', sellers: [{ id: 'dana' }, { id: 'eli' }] }] };
  const firsts = Array.from({ length: 20 }, (_, seed) => {
    const { target } = routeLead(lead(), { ...rules, seed }, { ...world, staff: even }, NO_TURNS);
    return target.to === 'seller' ? target.seller : '';
  });
  expect(new Set(firsts)).toEqual(new Set(['dana', 'eli']));
});

test('whoever does not work now is passed over', () => {
  const night = { ...world, at: '2026-06-01T20:00:00Z', calendars: { people: { dana: OFFICE } } };
  const route = routeLead(lead(), rules, night, NO_TURNS);
  expect(route.target).toMatchObject({ seller: 'eli' });
  expect(explainRoute(route).join()).toMatch(/dana does not work now/);
});

test('turns owed always add up to nothing, and no seller is ever more than one round behind', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }), fc.nat(60), (weights, n) => {
      const sellers = weights.map((weight, i) => ({ id: `s${i}`, weight }));
      const only = { sellers: sellers.map(({ id }) => ({ id })), pools: [{ id: 'smb', sellers }] };
      const { routes, bySeller } = dryRun(
        rules,
        Array.from({ length: n }, () => lead()),
        { ...world, staff: only },
        NO_TURNS,
      );
      const turns = Object.values(routes.at(-1)?.next.turns['smb'] ?? {});
      expect(turns.reduce((a, b) => a + b, 0)).toBe(0);
      const total = weights.reduce((a, b) => a + b, 0);
      const off = weights.map((weight, i) => Math.abs((bySeller[`s${i}`] ?? 0) - (n * weight) / total));
      expect(Math.max(...off)).toBeLessThanOrEqual(weights.length);
    }),
    { seed: 5 },
  );
});

test('rules that name nobody are refused', () => {
  const broken = { ...rules, fallback: { ...rules.fallback, pool: 'x' } };
  expect(refusal(() => readRoutingRules(broken, staff))).toMatchObject({ field: 'rules.fallback.pool' });
  const twice = { ...rules, lanes: [...(rules.lanes ?? []), ...(rules.lanes ?? [])] };
  expect(refusal(() => readRoutingRules(twice, staff)).field).toBe('rules.lanes.1.id');
  const when = { field: 'attributes.country', eq: 'NO' };
  const both = { ...rules, territories: [{ id: 'a', when, seller: 'dana', pool: 'smb' }] };
  expect(refusal(() => readRoutingRules(both, staff))).toMatchObject({ field: 'rules.territories.0' });
});

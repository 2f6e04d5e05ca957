import { expect, test } from 'vitest';
import { refusal } from '../testing/refusal.ts';
import {
  apportion,
  attribute,
  compareModels,
  fullPath,
  gameOf,
  lastNonDirect,
  linear,
  markov,
  ruleParts,
  shapley,
  shapleyValue,
  timeDecay,
  weights,
  wShaped,
  type Journey,
} from './index.ts';

const at = '2026-07-01T00:00:00Z';
const touch = { id: 't', at, channel: 'Search' };
const journey: Journey = { id: 'j', at, touches: [touch] };
const last = { model: { model: 'last' } } as const;
const path = (change: object) => [{ path: ['a'], conversions: 1, nulls: 0, ...change }];
/** What a caller without types may hand over. */
const untyped = (value: unknown) => JSON.parse(JSON.stringify(value));

test.each<[string, () => unknown, string, RegExp, RegExp]>([
  ['no touch', () => linear(0), 'touches', /nobody to credit/, /unattributed/],
  ['no channel', () => lastNonDirect([]), 'touches', /nobody to credit/, /unattributed/],
  ['half a touch', () => linear(1.5), 'touches', /1\.5 touches/, /unattributed/],
  [
    'unknown rule',
    () => ruleParts(untyped({ model: 'magic' }), [{ channel: 'a', age: 0 }]),
    'model',
    /"magic"/,
    /timeDecay/,
  ],
  [
    'touch after the conversion',
    () => ruleParts({ model: 'first' }, [{ channel: 'a', age: -1 }]),
    'touches.0.age',
    /after/,
    /leave it out/,
  ],
  ['age that is none', () => timeDecay([1, Number.NaN], 7), 'touches.1.age', /NaN/, /finite/],
  ['age without end', () => timeDecay([Number.POSITIVE_INFINITY], 7), 'touches.0.age', /Infinity/, /finite/],
  ['half-life 0', () => timeDecay([1], 0), 'halfLife', /0/, /above 0/],
  ['anchor beyond the journey', () => wShaped(3, { leadCreation: 3 }), 'anchors.leadCreation', /no touch 3/, /0 to 2/],
  ['anchor between touches', () => fullPath(3, { closedWon: 0.5 }), 'anchors.closedWon', /no touch 0\.5/, /null/],
  ['middle of nothing', () => wShaped(3, {}, untyped('some')), 'middleScope', /"some"/, /between or all/],
  ['negative amount', () => apportion(-1, [1]), 'amount', /-1/, /0 or more/],
  ['half a cent', () => apportion(0.5, [1]), 'amount', /0\.5/, /minor units/],
  ['nobody has a part', () => apportion(5, [0, 0]), 'parts', /nobody/, /larger than 0/],
  ['part that is none', () => apportion(5, [1, Number.NaN]), 'parts.1', /NaN/, /finite/],
  ['empty path', () => markov(path({ path: [] })), 'paths.0.path', /empty/, /unattributed/],
  ['nameless channel', () => shapley(path({ path: ['a', ''] })), 'paths.0.path', /no name/, /name it/],
  ['negative conversions', () => markov(path({ conversions: -1 })), 'paths.0.conversions', /-1/, /0 or more/],
  ['half a null', () => shapley(path({ nulls: 0.5 })), 'paths.0.nulls', /0\.5/, /whole/],
  ['too many journeys', () => markov([...path({ nulls: 2 ** 53 - 1 })]), 'paths', /no count/, /2\^53/],
  ['order 0', () => markov(path({}), { order: 0 }), 'order', /0/, /from 1/],
  [
    '21 players',
    () =>
      shapleyValue(
        Array.from({ length: 21 }, (_, i) => `${i}`),
        () => 0,
      ),
    'players',
    /21/,
    /at most 20/,
  ],
  ['a player twice', () => shapleyValue(['a', 'a'], () => 0), 'players', /"a"/, /once/],
  [
    'worth that is none',
    () => shapleyValue(['a', 'b'], (s) => (s === 3 ? Number.NaN : 0)),
    'worth',
    /a \+ b is NaN/,
    /finite/,
  ],
  ['nobody is worth something', () => shapleyValue(['a'], () => 1), 'worth', /nobody is 1/, /worth 0/],
  [
    'a missing coalition',
    () => gameOf(['a', 'b'], [{ players: ['a'], worth: 1 }]),
    'coalitions',
    /v of b is missing/,
    /0/,
  ],
  ['a stranger', () => gameOf(['a'], [{ players: ['z'], worth: 1 }]), 'coalitions', /"z"/, /use a/],
  [
    'unknown model',
    () => attribute([journey], untyped({ model: { model: 'magic' } })),
    'choices.model.model',
    /markov/,
    /correct/,
  ],
  [
    'unknown choice',
    () => attribute([journey], untyped({ ...last, lookBack: 'none' })),
    'choices.lookBack',
    /not a known field/,
    /use .*lookback/,
  ],
  [
    'negative look-back',
    () => attribute([journey], { ...last, lookback: { days: -1 } }),
    'choices.lookback.days',
    />=0/,
    /correct/,
  ],
  [
    'look-back 0',
    () => attribute([journey], { ...last, lookback: { days: 0 } }),
    'choices.lookback',
    /holds no touch/,
    /"none"/,
  ],
  [
    'negative value',
    () => attribute([{ ...journey, amount: -5, currency: 'EUR' }], last),
    'journeys.0.amount',
    />=0/,
    /correct/,
  ],
  [
    'amount without a currency',
    () => attribute([{ ...journey, amount: 5 }], last),
    'journeys.0.currency',
    /no currency/,
    /EUR/,
  ],
  ['a time that is none', () => attribute([{ ...journey, at: 'soon' }], last), 'journeys.0.at', /./, /correct/],
  ['a day nowhere', () => attribute([{ ...journey, at: '2026-07-01' }], last), 'journeys.0.at', /is a day/, /timeZone/],
  ['a journey twice', () => attribute([journey, journey], last), 'journeys.1.id', /journeys\.0/, /own id/],
  [
    'half-life 0 in the choices',
    () => attribute([], { model: { model: 'timeDecay', halfLife: { days: 0 } } }),
    'choices.model.halfLife',
    /0/,
    /above 0/,
  ],
  [
    'a definition without an owner',
    () => attribute([], { kind: 'attribution', id: 'a', version: '1.0.0', owners: [], ...last }),
    'definition.owners',
    /empty/,
    /teams/,
  ],
  ['no parts', () => weights([0, 0]), 'parts', /add up to 0/, /above 0/],
  [
    'a touch twice',
    () => attribute([{ ...journey, touches: [touch, touch] }], last),
    'journeys.0.touches.1.id',
    /touches\.0/,
    /own id/,
  ],
  ['one model alone', () => compareModels([journey], [last]), 'models', /no comparison/, /two/],
])('%s', (_, run, field, reason, remedy) => {
  const refused = refusal(run);
  expect(refused.field).toBe(field);
  expect(refused.reason).toMatch(reason);
  expect(refused.remedy).toMatch(remedy);
});

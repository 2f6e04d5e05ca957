import { expect, test } from 'vitest';
import {
  dayOfEvent,
  enteredOn,
  first,
  median,
  momentOf,
  reachedWithin,
  readCompany,
  shareOf,
} from '../testing/reader.ts';
import { HOUR } from '../time/berlin.ts';
import type { Figure } from './shape.ts';
import { plantedTruths } from './truths.ts';

const OPTIONS = { persons: 200_000, seed: 20 };
const { persons } = readCompany(OPTIONS);
const truths = plantedTruths(OPTIONS);

function expectFigure(found: number, figure: Figure): void {
  expect(figure.tolerance).toBeLessThan(figure.expected);
  expect(Math.abs(found - figure.expected), `${found} against ${figure.expected} ± ${figure.tolerance}`).toBeLessThan(
    figure.tolerance,
  );
}

test('marketing targets small companies, the wins are mid-market', () => {
  const truth = truths.segmentMismatch;
  const leads = enteredOn(persons, 'lead', truth.leads);
  const mqls = leads.filter((p) => first(p, 'mql') !== undefined);
  const wins = leads.filter((p) => reachedWithin(p, 'won', 120));
  expect(truth.planted).toBe(true);
  expectFigure(
    shareOf(mqls, (p) => p.record.attributes['segment'] === 'small'),
    truth.smallShareOfMqls,
  );
  expectFigure(
    shareOf(wins, (p) => p.record.attributes['segment'] === 'mid-market'),
    truth.midMarketShareOfWins,
  );
  expectFigure(
    shareOf(wins, (p) => p.record.attributes['segment'] === 'small'),
    truth.smallShareOfWins,
  );
  expect(truth.smallShareOfMqls.expected).toBeGreaterThan(0.5);
  expect(truth.midMarketShareOfWins.expected).toBeGreaterThan(0.5);
});

test('sales wins 25 % of its leads, marketing 1.5 %', () => {
  const truth = truths.closeRate;
  const leads = enteredOn(persons, 'lead', truth.leads);
  const rate = (origin: string): number =>
    shareOf(
      leads.filter((p) => p.record.attributes['origin'] === origin),
      (p) => reachedWithin(p, 'won', 120),
    );
  expectFigure(rate('marketing'), truth.marketing);
  expectFigure(rate('teleprospecting'), truth.teleprospecting);
  expectFigure(rate('sales'), truth.sales);
  expect(truth.marketing.expected).toBeCloseTo(0.015, 3);
  expect(truth.sales.expected).toBeCloseTo(0.25, 2);
});

test('the MQL rate jumps on the day the criteria changed', () => {
  const truth = truths.definitionBreak;
  const rate = (range: { from: string; to: string }): number =>
    shareOf(enteredOn(persons, 'lead', range), (p) => first(p, 'mql') !== undefined);
  expect(truth.planted).toBe(true);
  expect(truth.on).toBe('2026-01-12');
  expectFigure(rate(truth.before.leads), truth.before.mqlRate);
  expectFigure(rate(truth.after.leads), truth.after.mqlRate);
  // The jump is larger than both tolerances: it cannot be mistaken for chance.
  expect(truth.after.mqlRate.expected - truth.before.mqlRate.expected).toBeGreaterThan(
    truth.after.mqlRate.tolerance + truth.before.mqlRate.tolerance,
  );
});

test('the latest quarter is young, not worse', () => {
  const truth = truths.immatureCohort;
  const asOf = Date.parse('2026-10-15T06:00:00Z');
  const latest = enteredOn(persons, 'lead', truth.leads);
  const mature = enteredOn(persons, 'lead', truth.mature);
  const { days, differenceTolerance } = truth.mqlWithin14Days;
  const early = (leads: typeof latest): number =>
    shareOf(
      leads.filter((p) => asOf - Date.parse(first(p, 'lead')?.at ?? '') >= days * 24 * HOUR),
      (p) => reachedWithin(p, 'mql', days),
    );
  const won = (leads: typeof latest): number => shareOf(leads, (p) => first(p, 'won') !== undefined);
  const open = (leads: typeof latest): number =>
    shareOf(
      leads.filter((p) => p.dealEvents.length > 0),
      (p) => first(p, 'won') === undefined && first(p, 'lost') === undefined,
    );
  expect(truth.leads).toEqual({ from: '2026-07-01', to: '2026-10-01' });
  expect(Math.abs(early(latest) - early(mature))).toBeLessThan(differenceTolerance);
  expect(won(latest)).toBeLessThan(won(mature) * truth.wonSoFarAtMost);
  expect(open(latest)).toBeGreaterThan(truth.openShareAtLeast);
  expect(open(mature)).toBeLessThan(truth.matureOpenShareAtMost);
});

test('a quarter of fewer follow-ups, slower and worth less, month by month', () => {
  const truth = truths.viciousCircle;
  const read = (mqls: { from: string; to: string }) => {
    const found = enteredOn(persons, 'mql', mqls);
    const accepted = found.filter((p) => first(p, 'sal') !== undefined);
    const waits = accepted.flatMap((p) => {
      const [mql, sal] = [first(p, 'mql'), first(p, 'sal')];
      const timed = mql !== undefined && sal !== undefined && mql.at.length > 10 && sal.at.length > 10;
      return timed ? [momentOf(sal) - momentOf(mql)] : [];
    });
    return {
      acceptance: accepted.length / found.length,
      quality: shareOf(accepted, (p) => first(p, 'sql') !== undefined),
      hours: median(waits) / HOUR,
    };
  };
  expect(truth.planted).toBe(true);
  expect(truth.months).toHaveLength(3);
  const calm = read(truth.calm.mqls);
  expectFigure(calm.acceptance, truth.calm.acceptance);
  expectFigure(calm.quality, truth.calm.quality);
  const months = truth.months.map((month) => {
    const found = read(month.mqls);
    expectFigure(found.acceptance, month.acceptance);
    expectFigure(found.quality, month.quality);
    return found;
  });
  const hours = months.map((m) => m.hours);
  expect(hours).toEqual(hours.toSorted((a, b) => a - b));
  expect(hours[2]).toBeGreaterThan(calm.hours * truth.slowerAtLeast);
});

test('leads follow the working week', () => {
  const leads = persons.flatMap((p) => first(p, 'lead') ?? []);
  const weekend = leads.filter((e) => [0, 6].includes(new Date(dayOfEvent(e)).getUTCDay()));
  // By the weekly rhythm 0.45 of 5.6 parts.
  expect(weekend.length / leads.length).toBeCloseTo(0.45 / 5.6, 2);
});

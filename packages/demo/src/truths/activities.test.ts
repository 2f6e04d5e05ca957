import { OWNER_RIGHTS, type Question } from '@sama/metrics/contracts';
import { createMemoryEngine } from '@sama/metrics/engine';
import { expect, test } from 'vitest';
import { DEMO_TIME_ZONE, demoChunks, demoDefinitions, plantedTruths } from '../index.ts';
import type { Figure } from './shape.ts';

const OPTIONS = { persons: 20_000, seed: 5 };
const chunks = [...demoChunks(OPTIONS)];
const figures = chunks.flatMap((c) => c.figures);
const activities = chunks.flatMap((c) => c.activities);
const records = chunks.flatMap((c) => c.records);
const engine = createMemoryEngine({ records, events: chunks.flatMap((c) => c.events), activities, figures });
const truths = plantedTruths(OPTIONS);

async function ask(question: Question) {
  const context = {
    definitions: demoDefinitions(),
    rights: OWNER_RIGHTS,
    asOf: '2026-10-15T06:00:00Z',
    timeZone: DEMO_TIME_ZONE,
  };
  const envelope = await engine.answer(question, context);
  expect(envelope.message).toBeUndefined();
  expect(envelope.status).toBe('ok');
  return envelope.data;
}

function expectFigure(found: number, figure: Figure): void {
  expect(Math.abs(found - figure.expected), `${found} against ${figure.expected} ± ${figure.tolerance}`).toBeLessThan(
    figure.tolerance,
  );
}

test('attribution finds the share of touched wins and the removal effect of the last channel', async () => {
  const data = await ask({ kind: 'attribution', attribution: 'won-by-channel' });
  if (data?.kind !== 'attribution') throw new Error('an attribution question has its answer');
  const { share, channel, removalEffect } = truths.touchedWins;
  expectFigure(1 - data.unattributed.conversions / data.conversions, share);
  const rows = data.rows.map(({ key, removalEffect: effect }) => [key, effect ?? 0] as const);
  expect(rows[0]?.[0]).toBe(channel);
  expectFigure(rows[0]?.[1] ?? 0, removalEffect);
  // No other channel comes near, so that it cannot be mistaken.
  expect(Math.max(...rows.slice(1).map(([, effect]) => effect))).toBeLessThan(removalEffect.expected / 2);
});

test('the event funnel finds who clicks a mail after the form, and ends in wins', async () => {
  const { leads, days, share } = truths.mailClicks;
  expect(truths.mailClicks.planted).toBe(true);
  const data = await ask({ kind: 'eventFunnel', funnel: 'visit-to-won', period: `${leads.from}/${leads.to}` });
  if (data?.kind !== 'eventFunnel') throw new Error('an event funnel question has its answer');
  const [visit, form, mail, demo, won] = data.steps.map(({ count }) => count);
  expect(form).toBe(visit);
  expectFigure((mail ?? 0) / (form ?? 1), share);
  expect(demo).toBeGreaterThan(won ?? 0);
  expect(won).toBeGreaterThan(50);
  const forms = new Map(activities.flatMap((a) => (a.name === 'form.submitted' ? [[a.personId, a.at]] : [])));
  const waits = activities.flatMap((a) =>
    a.name === 'mail.clicked' ? [Date.parse(a.at) - Date.parse(forms.get(a.personId) ?? '')] : [],
  );
  expect(Math.max(...waits)).toBeLessThan(days * 86_400_000);
  expect(Math.min(...waits)).toBeGreaterThan(0);
});

test('the rating puts people into many cells and explains the best', async () => {
  const data = await ask({ kind: 'score', score: 'lead-score', limit: 1 });
  if (data?.kind !== 'score') throw new Error('a score question has its answer');
  expect(data.rated).toBe(OPTIONS.persons);
  expect(data.cells.filter(({ count }) => count > 0).length).toBeGreaterThan(8);
  expect(data.leads?.[0]).toMatchObject({ grade: 'A', level: 1 });
  expect(data.leads?.[0]?.engagement.contributions.length).toBeGreaterThan(1);
});

const sumOf = (name: string, segment: string): number =>
  figures.reduce((sum, f) => (f.name === name && f.segment === segment ? sum + f.value : sum), 0);

test('figures tell what a lead costs, which forecast is rosy and where the teams differ', () => {
  const { costs, dearest, spread } = truths.leadCosts;
  const months = figures.flatMap((f) => (f.name === 'campaign-cost' ? [f.to] : []));
  const until = months.toSorted().at(-1) ?? '';
  const leadOn = new Map(
    chunks.flatMap((c) => c.events).flatMap((e) => (e.stage === 'lead' ? [[e.entityId, e.at] as const] : [])),
  );
  const found = Object.entries(costs).map(([channel, cost]) => {
    const leads = records.filter(
      (r) =>
        r.attributes['source'] === channel &&
        r.attributes['origin'] === 'marketing' &&
        (leadOn.get(r.id) ?? '9') < until,
    ).length;
    const each = sumOf('campaign-cost', channel) / leads;
    expect(Math.abs(each / cost - 1), channel).toBeLessThan(spread);
    return [channel, each] as const;
  });
  expect(found.toSorted(([, a], [, b]) => b - a)[0]?.[0]).toBe(dearest);
  const { region, ratio } = truths.rosyForecast;
  expect(sumOf('revenue-forecast', region) / sumOf('revenue', region)).toBeCloseTo(ratio, 6);
  const { item, gap } = truths.perceptionGap;
  const last = (name: string): number => figures.findLast((f) => f.name === name && f.segment === item)?.value ?? 0;
  expect(Math.abs(last('perception-marketing') - last('perception-sales'))).toBeCloseTo(gap, 9);
});

test('revenue as booked is that of the deals', () => {
  const months = figures.filter(({ name }) => name === 'revenue');
  const until =
    months
      .map(({ to }) => to)
      .toSorted()
      .at(-1) ?? '';
  const deals = records.filter(
    (r) => r.entityType === 'opportunity' && r.attributes['status'] === 'won' && String(r.attributes['closed']) < until,
  );
  expect(months.reduce((sum, { value }) => sum + value, 0)).toBe(
    deals.reduce((sum, { amount = 0 }) => sum + amount, 0),
  );
});

test('every KPI of the company is answered for a quarter that is over', async () => {
  const kpis = demoDefinitions().flatMap((one) => (one.kind === 'kpi' ? [one.id] : []));
  const data = await ask({ kind: 'kpi', kpis, period: '2026-Q3' });
  if (data?.kind !== 'kpi') throw new Error('a KPI question has its answer');
  expect(data.kpis.filter(({ value }) => value.result.value === null).map(({ id }) => id)).toEqual([]);
  expect(data.kpis.flatMap(({ inputs }) => inputs.filter(({ missing }) => missing === true))).toEqual([]);
});

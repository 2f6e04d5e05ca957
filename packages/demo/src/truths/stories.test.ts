import { expect, test } from 'vitest';
import { demoAssets } from '../assets.ts';
import { HOSTILE_COMPANIES } from '../company/people.ts';
import { momentOf, readCompany, type Found } from '../testing/reader.ts';
import { DAY } from '../time/berlin.ts';
import type { Story } from './shape.ts';
import { plantedTruths } from './truths.ts';

const OPTIONS = { persons: 30_000, seed: 11 };
const { persons, unlinked, all } = readCompany(OPTIONS);
const truths = plantedTruths(OPTIONS);
const byId = new Map(persons.map((p) => [p.id, p]));

/** A story as found, in the form in which the truth states it. */
function storyOf(found: readonly Found[]): Story {
  const ids = found.map((p) => p.id);
  return { count: ids.length, personIds: ids.toSorted().slice(0, 20) };
}

/** A truth without its words. */
const stated = ({ count, personIds }: Story): Story => ({ count, personIds: personIds.toSorted() });

/** Days from being recycled to the next MQL event, if there is one. */
function daysToAgain(found: Found): number | undefined {
  const recycled = found.events.findIndex((e) => e.stage === 'recycled');
  const [from, to] = [found.events[recycled], found.events.slice(recycled + 1).find((e) => e.stage === 'mql')];
  return from === undefined || to === undefined ? undefined : (momentOf(to) - momentOf(from)) / DAY;
}

test('leads that become an MQL again, before and after the cooling-off', () => {
  const { sameCycle, secondCycle, coolingOffDays } = truths.reentries;
  const again = persons.filter((p) => daysToAgain(p) !== undefined);
  const early = again.filter((p) => (daysToAgain(p) ?? 0) < coolingOffDays);
  const late = again.filter((p) => (daysToAgain(p) ?? 0) >= coolingOffDays);
  expect(storyOf(early)).toEqual(stated(sameCycle));
  expect(storyOf(late)).toEqual(stated(secondCycle));
});

test('leads that skip to opportunity', () => {
  const skipped = persons.filter((p) => p.dealEvents.length > 0 && p.events.every((e) => e.stage === 'lead'));
  expect(storyOf(skipped)).toEqual(stated(truths.reentries.skipped));
});

test('two sellers accept one lead within seconds', () => {
  const accepts = (p: Found) => p.events.filter((e) => e.stage === 'sal');
  const twice = persons.filter((p) => accepts(p).length > 1);
  expect(storyOf(twice)).toEqual(stated(truths.doubleAccept));
  for (const person of twice) {
    const [one, other] = accepts(person);
    if (one === undefined || other === undefined) throw new Error('two acceptances');
    const gap = (momentOf(other) - momentOf(one)) / 1000;
    expect(gap).toBeGreaterThan(0);
    expect(gap).toBeLessThan(truths.doubleAccept.withinSeconds);
    const sellers = [one, other].map((e) => e.source.recordId.split(':').at(-1));
    expect(sellers[0]).not.toBe(sellers[1]);
  }
});

test('journeys with days instead of times', () => {
  const dated = persons.filter((p) => p.events.some((e) => e.source.system === 'crm-export'));
  expect(storyOf(dated)).toEqual(stated(truths.dateOnly));
  expect(dated.flatMap((p) => p.events.concat(p.dealEvents)).filter((e) => e.at.length !== 10)).toEqual([]);
});

test('persons with a state and no date', () => {
  const undated = persons.filter((p) => p.events.length === 0);
  expect(storyOf(undated)).toEqual(stated(truths.undated));
  expect(undated.every((p) => p.record.currentStage !== undefined)).toBe(true);
  expect(persons.filter((p) => p.record.currentStage !== undefined)).toHaveLength(undated.length);
});

test('opportunities nobody linked', () => {
  expect(unlinked).toHaveLength(truths.unlinked.count);
  expect(unlinked.every((o) => o.accountId === undefined && (o.amount ?? 0) > 0)).toBe(true);
});

test('an MQL date entered late and corrected', () => {
  const corrections = all.filter((e) => e.supersedes !== undefined);
  expect(corrections).toHaveLength(truths.corrected.count);
  expect(corrections.map((e) => e.entityId)).toEqual(expect.arrayContaining(truths.corrected.personIds));
  for (const right of corrections) {
    const wrong = all.find((e) => e.entityId === right.entityId && e.source.recordId === right.supersedes);
    if (wrong === undefined) throw new Error(`${right.entityId} corrects an event it does not have`);
    expect([wrong.stage, wrong.source.system]).toEqual(['mql', right.source.system]);
    expect(momentOf(wrong) - momentOf(right)).toBe(21 * DAY);
  }
});

test('company names that are attacks are kept as they are', () => {
  const hostile = persons.filter((p) => HOSTILE_COMPANIES.some((name) => name === p.record.attributes['company']));
  expect(storyOf(hostile)).toEqual(stated(truths.hostile));
  expect(new Set(hostile.map((p) => p.record.attributes['company'])).size).toBe(HOSTILE_COMPANIES.length);
});

test('the nights in which clocks change', () => {
  const { spring, autumn } = truths.clockChanges;
  expect(spring?.day).toBe('2026-03-29');
  expect(autumn?.day).toBe('2025-10-26');
  const nights = [...(spring?.nights ?? []), ...(autumn?.nights ?? [])];
  expect(nights).toHaveLength(8);
  for (const night of nights) {
    const events = byId.get(night.personId)?.events ?? [];
    expect(events.map((e) => e.stage)).toEqual(['lead', 'mql', 'sal']);
    expect(events.slice(0, 2).map((e) => e.at)).toEqual([night.lead, night.mql]);
  }
  const timed = nights.filter((night) => night.lead.length > 10);
  expect(timed.map((night) => (Date.parse(night.mql) - Date.parse(night.lead)) / 60_000)).toEqual(
    timed.map((night) => night.elapsedMinutes),
  );
  // The hour that does not exist, and both turns of the one that comes twice.
  const told = all.map((e) => e.at);
  expect(told).toContain('2026-03-29T02:30:00+01:00');
  expect(told).toEqual(expect.arrayContaining(['2025-10-26T02:30:00+02:00', '2025-10-26T02:30:00+01:00']));
});

test('a history without a change of clocks says so', () => {
  const winter = plantedTruths({ persons: 1000, months: 6, asOf: '2026-10-15T06:00:00Z' });
  expect(winter.clockChanges.spring).toBeUndefined();
  expect(winter.definitionBreak.planted).toBe(false);
  expect(winter.viciousCircle.planted).toBe(false);
  expect(winter.closeRate.planted).toBe(true);
});

test('70 % of the content is unused', () => {
  const { assets, uses } = demoAssets(OPTIONS);
  const truth = truths.unusedAssets;
  const asOf = Date.parse('2026-10-15T06:00:00Z');
  const judged = assets.filter((a) => asOf - Date.parse(a.publishedOn) >= truth.newDays * DAY);
  const since = asOf - truth.useDays * DAY;
  const used = new Set(uses.filter((u) => Date.parse(u.at) >= since).map((u) => u.assetId));
  const unused = judged.filter((a) => !used.has(a.id));
  expect(assets.length).toBeGreaterThan(judged.length);
  expect([judged.length, unused.length]).toEqual([truth.judged, truth.unused]);
  expect(unused.length / judged.length).toBe(0.7);
  // Some were used once, long ago: counting any use ever gives a kinder number.
  expect(judged.filter((a) => uses.every((u) => u.assetId !== a.id)).length).toBeLessThan(unused.length);
  expect(uses.every((u) => Date.parse(u.at) <= asOf)).toBe(true);
  expect(demoAssets(OPTIONS)).toEqual({ assets, uses });
});

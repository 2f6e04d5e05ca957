import { expect, test } from 'vitest';
import { compileCalendar } from '../time/index.ts';
import { changeOf, dueWithin, findKpi, standingOf, type TargetContext } from './index.ts';

const june: TargetContext = {
  direction: 'up',
  additivity: 'sum',
  from: '2026-06-01',
  to: '2026-07-01',
  asOf: Date.parse('2026-06-12T22:00:00Z'), // the end of Friday the 12th in Berlin
  timeZone: 'Europe/Berlin',
};
const target = { period: '2026-06', value: 220 };

test('what adds up is due by the business days that have ended', () => {
  // 22 weekdays in June 2026, 10 of them over.
  expect(standingOf({ value: 100 }, target, june)).toMatchObject({
    due: 100,
    attainment: 1,
    status: 'on',
    elapsed: 10 / 22,
  });
  expect(standingOf({ value: 100 }, target, { ...june, asOf: june.asOf - 2 }).due).toBeCloseTo(90, 9);
  expect(standingOf({ value: 90 }, target, june).status).toBe('at-risk');
  expect(standingOf({ value: 89 }, target, june).status).toBe('off');
  const week = [['09:00', '17:00']] satisfies [string, string][];
  const hours = compileCalendar({
    timeZone: 'Europe/Berlin',
    week: { 1: week, 2: week, 3: week, 4: week, 5: week },
    holidays: ['2026-06-04'],
  });
  expect(standingOf({ value: 100 }, target, { ...june, hours }).elapsed).toBe(9 / 21);
});

test('before the period nothing is due, after it all', () => {
  const at = (text: string): TargetContext => ({ ...june, asOf: Date.parse(text) });
  expect(standingOf({ value: 0 }, target, at('2026-05-01T00:00:00Z'))).toMatchObject({ due: 0, status: 'on' });
  expect(standingOf({ value: 0 }, target, at('2026-09-01T00:00:00Z'))).toMatchObject({ due: 220, status: 'off' });
});

test('a ratio is due as a whole; less is better where it is; a band has two ends', () => {
  const share = { ...june, additivity: 'ratio' } as const;
  expect(standingOf({ value: 0.2 }, { period: '2026-06', value: 0.2 }, share).status).toBe('on');
  const days = { ...share, direction: 'down' } as const;
  expect(standingOf({ value: 50 }, { period: '2026-06', value: 45 }, days)).toMatchObject({
    attainment: 0.9,
    status: 'at-risk',
  });
  expect(standingOf({ value: 0 }, { period: '2026-06', value: 45 }, days).status).toBe('on');
  const band = { period: '2026-06', value: { low: 3, high: 4 } };
  expect([3.5, 4.3, 4.5, 2.6].map((value) => standingOf({ value }, band, share).status)).toEqual([
    'on',
    'at-risk',
    'off',
    'off',
  ]);
});

test('no value has no standing, but a target that is met is', () => {
  expect(standingOf({ value: null, reason: 'zero-denominator' }, target, june).status).toBe('unknown');
  expect(standingOf({ value: null, reason: 'target-met' }, target, june).status).toBe('on');
});

test('a target is agreed by both teams', () => {
  const by = (team: string) => ({ team, by: 'somebody', at: '2026-01-01T00:00:00Z' });
  const agreed = (...teams: string[]): boolean =>
    standingOf({ value: 1 }, { ...target, agreedBy: teams.map(by) }, june).agreed;
  expect([agreed(), agreed('sales', 'sales'), agreed('sales', 'marketing')]).toEqual([false, false, true]);
});

test('a change says whether it is clear', () => {
  const rate = findKpi('winRate.count');
  const at = (won: number, lost: number) => rate.evaluate({ won, lost });
  // Newcombe 1998, method 10: 56/70 against 48/80.
  expect(changeOf(at(56, 14), at(48, 32), 'share')).toMatchObject({ verdict: 'up' });
  const change = changeOf(at(56, 14), at(48, 32), 'share');
  expect(change?.low).toBeCloseTo(0.0524, 4);
  expect(change?.high).toBeCloseTo(0.3339, 4);
  expect(changeOf(at(6, 4), at(5, 5), 'share')?.verdict).toBe('no-clear-change');
  expect(changeOf(at(0, 0), at(5, 5), 'share')).toBeNull();
  const leads = (n: number) => findKpi('leadVolume').evaluate({ leads: n });
  expect([
    changeOf(leads(110), leads(100), 'count')?.verdict,
    changeOf(leads(200), leads(100), 'count')?.verdict,
  ]).toEqual(['no-clear-change', 'up']);
});

test('a standing says how far it came, how far it should be, and whose promise it is', () => {
  const standing = standingOf({ value: 120 }, { ...target, promisedBy: 'marketing' }, june);
  expect(standing).toMatchObject({ promisedBy: 'marketing', progress: 120 / 220, expected: 10 / 22 });
  expect(standing.ahead).toBeCloseTo(0.2, 12);
  expect(standingOf({ value: null, reason: 'missing-input' }, target, june)).toMatchObject({ expected: 10 / 22 });
  const whole = standingOf({ value: 0.5 }, { period: '2026-06', value: 0.4 }, { ...june, additivity: 'ratio' });
  expect(whole).not.toHaveProperty('progress');
  expect(standingOf({ value: 1 }, { period: '2026-06', value: 0 }, june)).not.toHaveProperty('expected');
});

test('the parts of a paced target add up to what is due', () => {
  const weeks = ['06-01', '06-08', '06-15', '06-22', '06-29', '07-01'].map((day) => `2026-${day}`);
  const parts = weeks.slice(1).map((to, i) => dueWithin(target, { from: weeks[i] ?? '', to }, june) ?? NaN);
  expect(parts).toEqual([50, 50, 0, 0, 0].map((one) => expect.closeTo(one, 9)));
  const all = { ...june, asOf: Date.parse('2026-08-01T00:00:00Z') };
  const whole = weeks.slice(1).map((to, i) => dueWithin(target, { from: weeks[i] ?? '', to }, all) ?? NaN);
  expect(whole.reduce((sum, one) => sum + one, 0)).toBeCloseTo(220, 9);
  // Nothing is due on a weekend, and what holds at any time is due whole.
  expect(dueWithin(target, { from: '2026-06-06', to: '2026-06-08' }, june)).toBe(0);
  expect(dueWithin({ ...target, pace: 'whole' }, { from: '2026-06-06', to: '2026-06-08' }, june)).toBe(220);
  expect(
    dueWithin({ ...target, value: { low: 1, high: 2 } }, { from: '2026-06-06', to: '2026-06-08' }, june),
  ).toBeUndefined();
});

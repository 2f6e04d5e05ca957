import { expect, test } from 'vitest';
import fixture from '../../testing/fixtures/sla-vectors.json' with { type: 'json' };
import {
  ACTIONS,
  actor,
  DANA,
  desk,
  ELI,
  MANAGER,
  MARKETING,
  minutes,
  OFFICE,
  OPS,
  reach,
  said,
  SYSTEM,
} from '../../testing/handoff-desk.ts';
import { refusal } from '../../testing/refusal.ts';
import { BusinessCalendar } from '../../contracts/calendar.ts';
import { compileCalendar, MINUTE_MS } from '../../time/index.ts';
import {
  auditTrail,
  clockReading,
  clockRuns,
  DEFAULT_POLICY,
  emittedBy,
  logsOf,
  noticesDue,
  readHandoffPolicy,
  returnPareto,
  slaReport,
  stageEventsOf,
  type Handoff,
  type HandoffAction,
} from '../index.ts';

const policy = readHandoffPolicy();
const calendars = { teams: { sales: OFFICE, marketing: OFFICE } };
const used = (now: Handoff | undefined, key: Parameters<typeof clockReading>[1], at: string) => {
  const reading = now === undefined ? null : clockReading(now, key, { policy, calendars, at });
  return {
    state: reading?.state,
    handoff: (reading?.handoff.used.value ?? Number.NaN) / MINUTE_MS,
    owner: (reading?.owner?.used.value ?? Number.NaN) / MINUTE_MS,
    dueAt: reading?.handoff.dueAt,
  };
};

test.each(fixture.elapsed.filter(({ pauses }) => pauses.length === 0))('business time of an offer: $name', (vector) => {
  const hours = compileCalendar(
    BusinessCalendar.parse(Object.entries(fixture.calendars).find(([key]) => key === vector.calendar)?.[1]),
  );
  const made = desk();
  made.give('H1', MARKETING, ACTIONS.draft, { context: { at: vector.start } });
  made.give('H1', MARKETING, ACTIONS.offer, { context: { at: vector.start } });
  const now = made.now();
  if (now === undefined) throw new Error('there is no hand-off');
  const reading = clockReading(now, 'acceptance', { policy, calendars: { lead: hours }, at: vector.end });
  expect(reading).toMatchObject({ calendar: 'lead', handoff: { used: { value: vector.businessMinutes * MINUTE_MS } } });
});

test('a reassignment restarts the clock of the owner and not that of the hand-off', () => {
  const made = reach('expired');
  made.wait(10);
  made.give('H1', MANAGER, ACTIONS.reassign);
  made.wait(20);
  expect(used(made.now(), 'acceptance', made.at())).toMatchObject({ handoff: 91, owner: 20, state: 'running' });
  expect(said(made.give('H1', SYSTEM, ACTIONS.timeout))).toMatch(/not used up/);
});

test('resubmitting resumes what the return paused; the next seller starts anew', () => {
  const made = reach('accepted');
  made.wait(30);
  made.give('H1', DANA, ACTIONS.return);
  made.wait(100);
  expect(used(made.now(), 'disposition', made.at())).toMatchObject({ handoff: 30, state: 'paused', dueAt: null });
  expect(used(made.now(), 'marketingFix', made.at())).toMatchObject({ handoff: 100, state: 'running' });
  made.give('H1', MARKETING, ACTIONS.resubmit);
  made.wait(5);
  expect(used(made.now(), 'disposition', made.at())).toMatchObject({ handoff: 35, owner: 35, state: 'running' });
  expect(used(made.now(), 'acceptance', made.at())).toMatchObject({ handoff: 5 });
  made.give('H1', MANAGER, { type: 'handoff.reassign', payload: { seller: 'eli' } });
  made.wait(5);
  made.give('H1', ELI, ACTIONS.accept);
  made.wait(5);
  expect(used(made.now(), 'disposition', made.at())).toMatchObject({ handoff: 45, owner: 5 });
  expect(clockRuns('H1', made.of('H1')).filter(({ clock }) => clock === 'acceptance')).toHaveLength(2);
});

test('clocks stand still for a legal hold until it is lifted, and for a date the lead asked for until it comes', () => {
  const made = reach('accepted');
  made.wait(10);
  made.give('H1', OPS, ACTIONS.pause);
  made.wait(60);
  expect(used(made.now(), 'firstResponse', made.at())).toMatchObject({ handoff: 10, state: 'paused' });
  made.give('H1', OPS, ACTIONS.resume);
  const until = minutes(200);
  made.give('H1', DANA, { type: 'handoff.pause', payload: { reason: 'leadAsked', until } });
  expect(used(made.now(), 'firstResponse', minutes(150))).toMatchObject({ handoff: 10, state: 'paused' });
  expect(used(made.now(), 'firstResponse', minutes(205))).toMatchObject({
    handoff: 15,
    state: 'running',
    dueAt: until.replace('12:20', '12:25'),
  });
});

test('without a calendar a business target has no value, and a timeout is refused', () => {
  const made = reach('offered');
  const now = made.now();
  const reading =
    now === undefined ? null : clockReading(now, 'acceptance', { policy, calendars: {}, at: minutes(500) });
  expect(reading).toMatchObject({
    calendar: null,
    handoff: { used: { value: null, reason: 'missing-input' }, breached: false },
  });
  expect(said(made.give('H1', SYSTEM, ACTIONS.timeout, { context: { calendars: {} } }))).toMatch(/^calendars: /);
});

test('the promise of the first response may count from the offer', () => {
  const made = reach('accepted');
  const now = made.now();
  const fromOffer = readHandoffPolicy({ ...DEFAULT_POLICY, firstResponseFrom: 'offered' });
  const reading =
    now === undefined ? null : clockReading(now, 'firstResponse', { policy: fromOffer, calendars, at: minutes(13) });
  expect(reading?.handoff).toMatchObject({ since: minutes(2), used: { value: 11 * MINUTE_MS } });
});

test('each level is noticed once, and quiet is kept outside opening hours', () => {
  const made = reach('offered');
  const now = made.now();
  if (now === undefined) throw new Error('there is no hand-off');
  const at = (n: number, sent: string[] = []) =>
    noticesDue('H1', now, { policy, calendars, at: minutes(n) }, new Set(sent)).filter(
      ({ clock }) => clock === 'acceptance',
    );
  expect(at(31)).toEqual([]);
  expect(at(32).map(({ does }) => does)).toEqual(['nudge']);
  expect(at(62).map(({ percent }) => percent)).toEqual([50, 75, 100]);
  expect(
    at(
      62,
      at(47).map(({ key }) => key),
    ).map(({ does, to }) => [does, to]),
  ).toEqual([['breach', ['owner', 'manager']]]);
  expect(at(122).map(({ does }) => does)).toEqual(['nudge', 'atRisk', 'breach', 'reassign', 'heads']);
  // Eight in the evening: everything waits for the next morning.
  expect(at(11 * 60).every(({ sendAt }) => sendAt === '2026-06-02T09:00:00.000Z')).toBe(true);
});

test('both sides of the agreement, in counts and shares', () => {
  const made = desk();
  const lead = (n: number, rating: 'A1' | 'B2'): string => {
    made.give(`H${n}`, MARKETING, {
      type: 'handoff.draft',
      payload: { personId: `P${n}`, rating, source: `S${n % 2}` },
    });
    made.give(`H${n}`, MARKETING, ACTIONS.offer);
    return `H${n}`;
  };
  const [kept, late, back] = [lead(1, 'A1'), lead(2, 'A1'), lead(3, 'B2')];
  lead(4, 'B2');
  made.wait(30);
  made.give(kept, DANA, ACTIONS.accept);
  made.give(kept, DANA, ACTIONS.logResponse);
  made.give(back, ELI, ACTIONS.return);
  made.wait(60);
  made.give(late, DANA, ACTIONS.accept);
  made.wait(15);
  const report = (at: string) =>
    slaReport(logsOf(made.log), {
      policy,
      calendars,
      at,
      promises: { accepted: { all: 2, B2: 1 }, complete: 0.9, kept: { acceptance: 0.5, marketingFix: 1 } },
    }).map(({ promise, actual, open, met }) => [
      promise,
      'count' in actual ? actual.count : [actual.rate.value, 'n' in actual.rate ? actual.rate.n : 0],
      open,
      met,
    ]);
  expect(report(made.at())).toEqual([
    ['accepted all', 2, 0, true],
    ['accepted B2', 0, 0, false],
    ['complete', [0.75, 4], 0, false],
    // Nobody has completed the one that came back; its time is not over.
    ['marketingFix', [null, 0], 1, null],
    ['acceptance', [2 / 3, 3], 1, true],
    ['firstResponse', [1, 1], 1, null],
    ['disposition', [null, 0], 2, null],
    ['systemLatency', [1, 4], 0, null],
  ]);
  const pareto = returnPareto(logsOf(made.log), 'source');
  expect(pareto).toEqual([
    {
      group: 'S1',
      returns: 1,
      reasons: [{ element: 'missing.phone', count: 1, share: 1, cumulative: 1 }],
      tooManyOther: false,
    },
  ]);
  const wrong = { policy, calendars, at: made.at(), promises: { complete: 90 } };
  expect(refusal(() => slaReport(new Map(), wrong)).field).toBe('promises.complete');
});

test('the running total of reasons counts returns: it begins at the first share and ends at all of them', () => {
  const made = desk();
  const giveBack = (id: string, ...elements: ('missing.phone' | 'missing.role' | 'missing.timing')[]): void => {
    const personId = `P-${id}`;
    made.give(id, MARKETING, { type: 'handoff.draft', payload: { personId, rating: 'A1' } });
    made.give(id, MARKETING, ACTIONS.offer);
    made.give(id, DANA, ACTIONS.accept);
    made.give(id, DANA, { type: 'handoff.return', payload: { missing: elements.map((element) => ({ element })) } });
  };
  giveBack('H1', 'missing.phone', 'missing.timing');
  giveBack('H2', 'missing.phone', 'missing.timing');
  giveBack('H3', 'missing.phone');
  giveBack('H4', 'missing.role');
  expect(returnPareto(logsOf(made.log)).flatMap(({ reasons }) => reasons)).toEqual([
    { element: 'missing.phone', count: 3, share: 0.75, cumulative: 0.75 },
    { element: 'missing.timing', count: 2, share: 0.5, cumulative: 0.75 },
    { element: 'missing.role', count: 1, share: 0.25, cumulative: 1 },
  ]);
});

test('what the funnel sees, and the audit, which tells also what was taken back', () => {
  const made = reach('accepted');
  made.give('H1', DANA, { type: 'handoff.disqualify', payload: { reason: 'fit.size', text: 'three people' } });
  made.give('H1', DANA, ACTIONS.undo);
  made.give('H1', DANA, ACTIONS.qualify, { context: { zone: 'Europe/Berlin', via: 'widget' } });
  expect(
    stageEventsOf('H1', made.log).map(({ stage, entityId, source }) => [stage, entityId, source.recordId]),
  ).toEqual([
    ['sal', 'P1', 'H1@3'],
    ['sql', 'P1', 'H1@6'],
  ]);
  const audit = auditTrail('H1', made.log);
  expect(audit.map(({ event, before, after }) => [event, before, after])).toEqual([
    ['draft', null, 'draft'],
    ['offer', 'draft', 'offered'],
    ['accept', 'offered', 'accepted'],
    ['disqualify', 'accepted', 'disqualified'],
    ['undo', 'disqualified', 'accepted'],
    ['qualify', 'accepted', 'qualified'],
  ]);
  expect(audit[5]).toMatchObject({
    actorId: 'dana',
    zone: 'Europe/Berlin',
    via: 'widget',
    team: 'sales',
    role: 'seller',
  });
  expect(audit[3]?.reason).toBe('fit.size');
  expect(JSON.stringify(audit)).not.toMatch(/three people/);
  expect(made.log.flatMap(emittedBy)).toEqual(['stage sql']);
});

test('a response that was logged later stops its clock when it happened', () => {
  const made = reach('accepted');
  made.wait(30);
  const response = (at: string): HandoffAction => ({
    type: 'handoff.logResponse',
    payload: { activity: 'email', direction: 'out', by: 'human', at },
  });
  expect(said(made.give('H1', SYSTEM, response(minutes(99))))).toMatch(/^payload.at: .* is after now/);
  expect(said(made.give('H1', SYSTEM, response(minutes(1))))).toMatch(/^payload.at: .* is before the acceptance/);
  expect(said(made.give('H1', actor('system'), response(minutes(10))))).toBe('done');
  expect(used(made.now(), 'firstResponse', made.at())).toMatchObject({ handoff: 7, state: 'stopped' });
});

test('a date the lead asked for excuses sales, a legal hold everybody', () => {
  const of = (reason: 'leadAsked' | 'legalHold') => {
    const made = reach('returned');
    made.wait(30);
    const until = reason === 'leadAsked' ? { until: '2026-07-01T09:00:00Z' } : {};
    const by = reason === 'leadAsked' ? MANAGER : OPS;
    expect(said(made.give('H1', by, { type: 'handoff.pause', payload: { reason, ...until } }))).toBe('done');
    const now = made.now('H1');
    return now && clockReading(now, 'marketingFix', { policy, calendars, at: '2026-06-10T09:00:00Z' });
  };
  expect(of('leadAsked')).toMatchObject({ state: 'running', handoff: { breached: true } });
  expect(of('legalHold')).toMatchObject({ state: 'paused', handoff: { breached: false, dueAt: null } });
});

test('a review is due by the end of the day agreed on, and by the policy without one', () => {
  const of = (payload: { reviewOn?: string; reentry?: string }) => {
    const made = reach('accepted');
    made.give('H1', DANA, { type: 'handoff.recycle', payload: { reason: 'timing.later', ...payload } });
    const now = made.now('H1');
    const at = (iso: string) => now && clockReading(now, 'recycleReview', { policy, calendars, at: iso })?.handoff;
    return { at, notices: now ? noticesDue('H1', now, { policy, calendars, at: '2026-11-30T12:00:00Z' }) : [] };
  };
  const agreed = of({ reviewOn: '2026-12-01' });
  expect(agreed.at('2026-12-01T23:59:00Z')).toMatchObject({ dueAt: '2026-12-02T00:00:00.000Z', breached: false });
  expect(agreed.at('2026-12-02T00:00:01Z')).toMatchObject({ breached: true });
  expect(agreed.notices.map(({ percent }) => percent)).toEqual([50, 75]);
  expect(of({ reentry: 'asks again' }).at('2026-11-30T12:00:00Z')).toMatchObject({ breached: true });
});

test('a pool has a clock of its own where the policy gives it one, and ratings count within it', () => {
  const acceptance = {
    target: { business: { hours: 4 } },
    lanes: [
      { pools: ['smb'], ratings: ['A1' as const], target: { business: { minutes: 10 } } },
      { pools: ['smb'], target: { business: { minutes: 20 } } },
      { ratings: ['A1' as const], target: { business: { minutes: 60 } } },
    ],
  };
  const own = readHandoffPolicy({ ...DEFAULT_POLICY, clocks: { acceptance } });
  const now = reach('offered').now('H1');
  const target = (of: Partial<Handoff>) =>
    now &&
    clockReading({ ...now, ...of }, 'acceptance', { policy: own, calendars, at: minutes(1) })?.handoff.target.value;
  const expected = [
    [{ pool: 'smb', rating: 'A1' }, 10],
    [{ pool: 'smb', rating: 'B1' }, 20],
    [{ pool: 'smb', rating: null }, 20],
    [{ pool: null, rating: 'A1' }, 60],
    [{ pool: 'other', rating: null }, 240],
  ] as const;
  expect(expected.map(([of]) => Number(target(of)) / MINUTE_MS)).toEqual(expected.map(([, wanted]) => wanted));
  const lanes = [{ target: { business: { hours: 1 } } }];
  expect(
    refusal(() => readHandoffPolicy({ ...DEFAULT_POLICY, clocks: { acceptance: { ...acceptance, lanes } } })).field,
  ).toBe('policy.clocks.acceptance.lanes.0');
});

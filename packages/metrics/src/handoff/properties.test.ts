import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ACTIONS,
  DANA,
  desk,
  ELI,
  MANAGER,
  MARKETING,
  OFFICE,
  OPS,
  said,
  SYSTEM,
  type Desk,
} from '../testing/handoff-desk.ts';
import {
  clockReadings,
  createHandoffBook,
  readHandoffPolicy,
  replayHandoff,
  standingOf,
  TERMINAL,
  TRANSITIONS,
  type Handoff,
  type HandoffAction,
} from './index.ts';

const IDS = ['H1', 'H2', 'H3', 'H0'];
const PEOPLE = [MARKETING, SYSTEM, MANAGER, OPS, DANA, ELI];
const NAMES = Object.values(ACTIONS);

/** Mostly what may follow, by somebody who may do it; sometimes anything by anybody. */
const step = fc.record({
  id: fc.constantFrom(...IDS),
  wild: fc.constantFrom(false, false, false, true),
  by: fc.nat(),
  action: fc.nat(),
  wait: fc.constantFrom(0, 1, 20, 300, 5_000, 50_000),
  version: fc.constantFrom(0, 0, 0, 0, -1),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Commands one after the other. H1 and H3 are of one person, so that open hand-offs can collide. */
function play(steps: readonly Step[], each: (made: Desk) => void): Desk {
  const made = desk();
  for (const { id, wild, by, action: choice, wait, version } of steps) {
    made.wait(wait);
    const now = made.now(id);
    const fitting = NAMES.filter(({ type }) => {
      const { from } = TRANSITIONS[type];
      return wild || (now === undefined ? type === 'handoff.draft' : from.includes(now.status));
    });
    const action = fitting[choice % fitting.length] ?? ACTIONS.undo;
    const { actors } = TRANSITIONS[action.type];
    const people = PEOPLE.filter(({ role }) => wild || actors.includes(role));
    const personId = id === 'H2' ? 'P2' : id === 'H0' ? 'P0' : 'P1';
    const before = made.book.latestOf(personId);
    const cycle = (made.book.get(before ?? '')?.cycle ?? 0) + 1;
    // Somebody who has been through one comes back, now and then by a draft, which is refused.
    const fresh: HandoffAction =
      before === undefined || cycle < 2 || wild
        ? { type: 'handoff.draft', payload: { personId, rating: 'A1' } }
        : { type: 'handoff.reenter', payload: { personId, rating: 'A1', previous: before, cycle } };
    made.give(id, people[by % people.length] ?? SYSTEM, action.type === 'handoff.draft' ? fresh : action, {
      command: { expectedVersion: made.of(id).length + version },
    });
    each(made);
  }
  return made;
}

const policy = readHandoffPolicy();
const calendars = { teams: { sales: OFFICE, marketing: OFFICE } };
const LATER = '2030-01-07T12:00:00Z';

/** Which of the invariants a hand-off breaks. */
function broken(now: Handoff, at: string): string[] {
  if (TERMINAL.includes(now.status))
    return now.outcome?.reason && now.outcome.by.id ? [] : ['an end without reason or actor'];
  const { owner, next } = standingOf(now);
  const readings = clockReadings(now, { policy, calendars, at });
  const returned = now.status === 'returned';
  const rules: [string, boolean][] = [
    ['without an owner', owner === null],
    ['without a next action', next.length === 0],
    ['without a clock', readings.every(({ state }) => state === 'stopped')],
    ['a clock that ran backwards', readings.some((r) => r.clockSkew || (r.handoff.used.value ?? -1) < 0)],
    ['a return of nothing', returned && now.missing.length === 0],
    ['a return that names nobody', returned && (owner?.team !== 'marketing' || next[0] !== 'resubmit')],
  ];
  return rules.filter(([, breaks]) => breaks).map(([rule]) => rule);
}

test('invariants of the hand-off hold after every command, whatever is commanded', () => {
  let done = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
      const made = play(steps, ({ book, at }) => {
        const open = ['P0', 'P1', 'P2'].map((person) => book.openOf(person).length);
        expect(Math.max(...open)).toBeLessThanOrEqual(1);
        expect([...book.all()].flatMap(({ now }) => (now === null ? [] : broken(now, at())))).toEqual([]);
      });
      for (const id of IDS) {
        const log = made.of(id);
        expect(log.map(({ version }) => version)).toEqual(log.map((_, i) => i + 1));
        const instants = log.map(({ at }) => Date.parse(at));
        expect(instants).toEqual(instants.toSorted((a, b) => a - b));
        expect(made.book.state(id) ?? replayHandoff(id, [])).toEqual(replayHandoff(id, log));
      }
      expect([...createHandoffBook(made.log).all()]).toEqual([...made.book.all()]);
      done += made.log.length;
    }),
    { numRuns: 330, seed: 7 },
  );
  // Enough of the random commands were allowed to say something.
  expect(done).toBeGreaterThan(3_000);
});

test('a clock never reads less later on, and the clock of an owner never more than that of the hand-off', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
      const made = play(steps, () => {});
      for (const { now } of made.book.all()) {
        const [soon = [], later = []] = [made.at(), LATER].map((at) =>
          now === null ? [] : clockReadings(now, { policy, calendars, at }),
        );
        const used = soon.map(({ handoff }) => handoff.used.value ?? -1);
        const after = later.map(({ handoff }) => handoff.used.value ?? -1);
        expect(after.filter((ms, i) => ms < (used[i] ?? 0))).toEqual([]);
        expect(after.filter((ms, i) => soon[i]?.state === 'stopped' && ms !== used[i])).toEqual([]);
        expect(soon.filter(({ owner }, i) => (owner?.used.value ?? 0) > (used[i] ?? 0))).toEqual([]);
      }
    }),
    { numRuns: 150, seed: 11 },
  );
});

test('an undo gives the state before, and every other hand-off stays as it is', () => {
  let undone = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
      const made = play(steps, () => {});
      const newest = made.log.at(-1);
      fc.pre(newest !== undefined);
      const others = IDS.filter((id) => id !== newest.target).map((id) => made.now(id));
      const log = made.of(newest.target);
      const decision = made.give(newest.target, newest.by, ACTIONS.undo, { context: { at: newest.at } });
      const isDone = decision.status === 'done';
      expect(said(decision)).toMatch(/^done$|an undo is not undone|withdraw the hand-off|has the open hand-off/);
      expect(made.now(newest.target) ?? null).toEqual(
        replayHandoff(newest.target, isDone ? log.slice(0, -1) : log).now,
      );
      expect(IDS.filter((id) => id !== newest.target).map((id) => made.now(id))).toEqual(others);
      undone += isDone ? 1 : 0;
    }),
    { numRuns: 200, seed: 13 },
  );
  expect(undone).toBeGreaterThan(50);
});

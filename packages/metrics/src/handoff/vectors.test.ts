import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import fixture from '../testing/fixtures/handoff-vectors.json' with { type: 'json' };
import { ACTIONS, actor, DANA, MARKETING, reach, said } from '../testing/handoff-desk.ts';
import {
  ClockKey,
  DISQUALIFY_REASONS,
  HandoffAction,
  HandoffStatus,
  OPEN,
  readHandoffPolicy,
  RECYCLE_REASONS,
  replayHandoff,
  RETURN_REASONS,
  Role,
  TERMINAL,
  TRANSITIONS,
} from './index.ts';

const strings = z.optional(z.array(z.string()));
const Vectors = z.object({
  transitions: z.array(
    z.object({
      event: z.string(),
      from: z.array(z.string()),
      to: z.string(),
      actor: z.string(),
      starts: strings,
      stops: strings,
      pauses: strings,
      resumes: strings,
      emits: strings,
    }),
  ),
});
const { transitions } = Vectors.parse(fixture);
const ALL = ClockKey.options;
const types = new Map(Object.entries(ACTIONS).map(([name, { type }]) => [name, type]));

test('states, and which are open and terminal', () => {
  expect(HandoffStatus.options).toEqual(fixture.states);
  expect(OPEN).toEqual(fixture.open);
  expect(TERMINAL).toEqual(fixture.terminal);
});

test.each(transitions)('$event: from, to, actors, clocks', (vector) => {
  const ours = TRANSITIONS[types.get(vector.event) ?? 'handoff.draft'];
  const clocks = (keys: string[] | undefined): string[] =>
    keys?.[0] === '*' ? [...ALL] : (keys ?? []).map((key) => key.replace('(owner)', ''));
  const makesNew = vector.event === 'reenter';
  // What comes back is a new hand-off; the state of the previous one is looked at when it is decided.
  const from = makesNew ? [] : vector.from[0] === '*' ? HandoffStatus.options : vector.from;
  expect([...ours.from].sort()).toEqual([...from].sort());
  expect(ours.to).toBe(makesNew ? 'draft' : vector.to === '(previous state)' ? null : vector.to);
  const roles = vector.actor
    .replace('seller in pool or assignee', 'seller')
    .replace('assignee', 'seller')
    .replace('same actor', Role.options.join('|'));
  expect([...ours.actors].sort()).toEqual(roles.split('|').sort());
  // Two clocks begin by the list of clocks, not by that of transitions.
  const begun = makesNew ? ['systemLatency'] : vector.event === 'recycle' ? ['recycleReview'] : [];
  expect(ours.starts ?? []).toEqual([...clocks(vector.starts), ...begun]);
  expect([...(ours.stops ?? [])].sort()).toEqual(clocks(vector.stops).sort());
  expect(ours.pauses ?? []).toEqual(clocks(vector.pauses));
  expect(ours.resumes ?? []).toEqual(clocks(vector.resumes));
  expect(ours.emits ?? []).toEqual(vector.emits ?? []);
});

/** Who gives an event in the tests: the role the table names first, as a person who may. */
const giver = (role: Role) => (role === 'seller' ? DANA : actor(role, role === 'marketing' ? 'mia' : role));

test.each(HandoffStatus.options.filter((s) => s !== 'merged'))(
  'from %s exactly the listed events are done',
  (status) => {
    for (const { event, from } of transitions.filter((t) => t.event !== 'reenter' && t.event !== 'undo')) {
      const made = reach(status);
      made.give('H0', MARKETING, { type: 'handoff.draft', payload: { personId: 'P0' } });
      const action = HandoffAction.parse(Object.entries(ACTIONS).find(([name]) => name === event)?.[1]);
      made.wait(event === 'timeout' ? 500 : 1);
      const before = made.log.length;
      const decision = made.give('H1', giver(TRANSITIONS[action.type].actors[0] ?? 'system'), action);
      expect([event, decision.status]).toEqual([event, from.includes(status) ? 'done' : 'refused']);
      expect(made.log).toHaveLength(before + (decision.status === 'done' ? 1 : 0));
    }
  },
);

test.each(HandoffStatus.options.filter((s) => s !== 'draft'))(
  'from %s an undo goes back to the state before',
  (status) => {
    const made = reach(status);
    const log = made.of('H1');
    expect(said(made.give('H1', log.at(-1)?.by ?? MARKETING, ACTIONS.undo))).toBe('done');
    // Nothing is deleted.
    expect(made.of('H1')).toHaveLength(log.length + 1);
    expect(made.now()).toEqual(replayHandoff('H1', log.slice(0, -1)).now);
  },
);

test('a first event is not undone', () => {
  expect(said(reach('draft').give('H1', MARKETING, ACTIONS.undo))).toMatch(/withdraw the hand-off/);
});

test('reenter makes a new hand-off of what was recycled or disqualified', () => {
  const made = HandoffStatus.options.map((status) => {
    const one = reach(status);
    one.wait(31 * 24 * 60);
    one.give('H2', MARKETING, ACTIONS.reenter);
    return [status, one.now('H2')] as const;
  });
  const back = made.filter(([, now]) => now !== undefined);
  expect(back.map(([status]) => status)).toEqual(['recycled', 'disqualified']);
  expect(back[0]?.[1]).toMatchObject({ status: 'draft', cycle: 2, previous: 'H1' });
});

test.each([
  ['returnReasons', RETURN_REASONS],
  ['recycleReasons', RECYCLE_REASONS],
  ['disqualifyReasons', DISQUALIFY_REASONS],
] as const)('%s', (name, { reasons }) => {
  expect(reasons.map(({ code, label }) => [code, label])).toEqual(fixture[name]);
  expect(reasons.length).toBeLessThanOrEqual(12);
});

test('clocks: their order, who answers for them, and the targets the texts name', () => {
  expect(ALL).toEqual(fixture.clocks.map(({ key }) => key));
  const { clocks } = readHandoffPolicy();
  expect(fixture.clocks.map(({ default: text }) => text)).toEqual([
    '5 elapsed min',
    'hot: 60 business min; standard: 4 business h; low: 1 business day',
    'hot: 15 business min after accept; standard: 1 business day',
    "10 business days and >= 5 attempts before 'unreachable'",
    '2 business days',
    '90 days or re-entry rule',
  ]);
  expect(ALL.map((key) => [clocks[key].target, ...(clocks[key].lanes ?? []).map(({ target }) => target)])).toEqual([
    [{ elapsed: { minutes: 5 } }],
    [{ business: { hours: 4 } }, { business: { minutes: 60 } }, { business: { days: 1 } }],
    [{ business: { days: 1 } }, { business: { minutes: 15 } }],
    [{ business: { days: 10 } }],
    [{ business: { days: 2 } }],
    [{ elapsed: { days: 90 } }],
  ]);
});

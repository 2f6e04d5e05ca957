import { expect, test } from 'vitest';
import {
  ACTIONS,
  actor,
  DANA,
  desk,
  ELI,
  MANAGER,
  MARKETING,
  minutes,
  OPS,
  reach,
  said,
  SYSTEM,
} from '../../testing/handoff-desk.ts';
import { refusal } from '../../testing/refusal.ts';
import { DEFAULT_POLICY, readHandoffLog, readHandoffPolicy, type HandoffAction } from '../index.ts';

/** A command as it arrives from outside, whatever the types allow. */
const raw = (type: string, payload: object): { command: { type: string; payload: Record<string, unknown> } } => ({
  command: { type: `handoff.${type}`, payload: { ...payload } },
});

test('of two who accept the first wins; the other learns who and when, and the same person twice is done', () => {
  const made = reach('offered');
  made.wait(1);
  expect(made.give('H1', DANA, ACTIONS.accept)).toMatchObject({ status: 'done', version: 3 });
  made.wait(1);
  const late = made.give('H1', ELI, ACTIONS.accept, { command: { expectedVersion: 2 } });
  expect(late).toMatchObject({ status: 'conflict', version: 3, by: { name: 'dana' }, at: minutes(3) });
  expect(late.state.now).toMatchObject({ status: 'accepted', seller: 'dana' });
  const twice = made.give('H1', DANA, ACTIONS.accept, { command: { expectedVersion: 2 } });
  expect(twice).toMatchObject({ status: 'done', version: 3 });
  expect(made.log).toHaveLength(3);
});

test('a commandId is done once; with other content it is refused', () => {
  const made = reach('offered');
  const accepted = made.give('H1', DANA, ACTIONS.accept, { command: { commandId: 'k' } });
  made.give('H1', DANA, ACTIONS.logResponse);
  const again = made.give('H1', DANA, ACTIONS.accept, { command: { commandId: 'k', expectedVersion: 2 } });
  expect(again).toMatchObject({ status: 'done', version: 3, state: accepted.state });
  expect(again).not.toHaveProperty('event');
  expect(said(made.give('H1', DANA, ACTIONS.qualify, { command: { commandId: 'k' } }))).toMatch(
    /^commandId: k was used/,
  );
});

test('a return names what is missing, marketing answers all of it, and the same seller gets it back', () => {
  const made = reach('accepted');
  const missing = [{ element: 'missing.phone' }, { element: 'other', text: 'the number is a fax' }];
  made.give('H1', DANA, { type: 'handoff.return', payload: { missing } });
  expect(made.now()).toMatchObject({ status: 'returned', returns: 1, missing });
  const answer = (answers: object[]) =>
    said(made.give('H1', MARKETING, ACTIONS.resubmit, raw('resubmit', { answers })));
  expect(answer([{ element: 'missing.phone', answer: 'completed' }])).toMatch(
    /^payload.answers: other is not answered/,
  );
  const phone = { element: 'missing.phone', answer: 'completed' };
  expect(answer([phone, { element: 'other', answer: 'waived' }])).toMatch(/^payload.answers.1.text: is missing/);
  expect(answer([phone, { element: 'missing.role', answer: 'completed' }])).toMatch(/was not asked for/);
  expect(answer([phone, phone])).toMatch(/answered twice/);
  expect(answer([phone, { element: 'other', answer: 'waived', text: 'there is no other' }])).toBe('done');
  expect(made.now()).toMatchObject({ status: 'offered', attempt: 2, seller: 'dana' });
  expect(said(made.give('H1', ELI, ACTIONS.accept))).toMatch(/^by.id: the hand-off is with dana/);
  expect(said(made.give('H1', DANA, ACTIONS.accept))).toBe('done');
});

test.each<[string, Parameters<typeof reach>[0], ReturnType<typeof actor>, string, object, RegExp]>([
  ['an unknown kind', 'offered', DANA, 'grab', {}, /^command.type: /],
  ['an unknown field', 'offered', DANA, 'accept', { tenant: 'other' }, /^command.payload.tenant: /],
  ['no missing element', 'offered', DANA, 'return', { missing: [] }, /^command.payload.missing: name one to twelve/],
  [
    'a reason of no list',
    'offered',
    DANA,
    'return',
    { missing: [{ element: 'ugly' }] },
    /missing\.0\.element: "ugly".*use/,
  ],
  ['other without text', 'offered', DANA, 'return', { missing: [{ element: 'other' }] }, /^payload.missing.0.text/],
  ['what does not follow', 'offered', DANA, 'qualify', {}, /^type: qualify does not follow offered; possible are /],
  ['a wrong role', 'offered', MARKETING, 'accept', {}, /^by.role: marketing may not accept; ask seller/],
  ['a stranger to the pool', 'offered', actor('seller', 'flo'), 'accept', {}, /^by.id: flo is not in the pool "smb"/],
  ['an unknown owner', 'offered', MANAGER, 'reassign', { seller: 'zoe' }, /^payload.seller: .*"zoe"; name one of dana/],
  ['an inactive seller', 'offered', MANAGER, 'reassign', { seller: 'gus' }, /^payload.seller: gus is not active/],
  [
    'an unknown pool',
    'draft',
    MARKETING,
    'offer',
    { pool: 'x' },
    /^payload.pool: there is no pool "x"; name one of smb/,
  ],
  ['nobody to offer to', 'draft', MARKETING, 'offer', {}, /^payload: neither pool nor seller/],
  ['a timeout too early', 'offered', SYSTEM, 'timeout', {}, /not used up; it is due at 2026-06-01T10:02/],
  [
    'a reply that comes in',
    'accepted',
    DANA,
    'logResponse',
    { activity: 'call', direction: 'in', by: 'human' },
    /direction/,
  ],
  [
    'an automatic reply',
    'accepted',
    DANA,
    'logResponse',
    { activity: 'email', direction: 'out', by: 'automatic' },
    /by: an automatic/,
  ],
  ['no review date', 'accepted', DANA, 'recycle', { reason: 'timing.later' }, /^payload.reviewOn/],
  [
    'a reason of another list',
    'accepted',
    DANA,
    'recycle',
    { reason: 'fit.size', reviewOn: '2026-09-01' },
    /^payload.reason/,
  ],
  ['bad data without evidence', 'accepted', DANA, 'disqualify', { reason: 'data.false' }, /^payload.evidence/],
  [
    'a survivor that is not',
    'accepted',
    OPS,
    'merge',
    { survivor: 'H9' },
    /^payload.survivor: there is no hand-off H9/,
  ],
  ['a survivor that is itself', 'accepted', OPS, 'merge', { survivor: 'H1' }, /cannot survive itself/],
  [
    'an absent seller as a pause',
    'accepted',
    MANAGER,
    'pause',
    { reason: 'absence' },
    /reassign what an absent seller has/,
  ],
  ['a wish without a date', 'accepted', DANA, 'pause', { reason: 'leadAsked' }, /^payload.until: is missing/],
  ['a draft that exists', 'offered', MARKETING, 'draft', { personId: 'P1' }, /^target: H1 exists already/],
  ['another one to undo', 'accepted', ELI, 'undo', {}, /^by.id: the last event is of dana/],
])('%s is refused with field and remedy, and nothing changes', (_, status, by, type, payload, message) => {
  const made = reach(status);
  const before = [made.log.length, made.now()];
  expect(said(made.give('H1', by, ACTIONS.review, raw(type, payload)))).toMatch(message);
  expect([made.log.length, made.now()]).toEqual(before);
});

test('a person has one open hand-off, also by way of an undo', () => {
  const made = reach('offered');
  expect(said(made.give('H1', MARKETING, ACTIONS.withdraw))).toBe('done');
  expect(said(made.give('H2', MARKETING, { type: 'handoff.draft', payload: { personId: 'P1' } }))).toBe('done');
  expect(said(made.give('H2', MARKETING, ACTIONS.offer))).toBe('done');
  expect(said(made.give('H1', MARKETING, ACTIONS.undo))).toMatch(/^target: P1 has the open hand-off H2/);
  made.give('H3', MARKETING, { type: 'handoff.draft', payload: { personId: 'P1' } });
  expect(said(made.give('H3', MARKETING, ACTIONS.offer))).toMatch(/add the touch to that one/);
});

test('undo: in time, once, and not what cannot be taken back', () => {
  const made = reach('accepted');
  const sent = { context: { irreversible: 'mail sent' } };
  expect(said(made.give('H1', DANA, ACTIONS.undo, sent))).toMatch(/\(mail sent\); correct it/);
  made.wait(15);
  expect(said(made.give('H1', DANA, ACTIONS.undo))).toBe('done');
  expect(said(made.give('H1', DANA, ACTIONS.undo))).toMatch(/^type: an undo is not undone/);
  expect(said(made.give('H1', DANA, ACTIONS.accept))).toBe('done');
  made.wait(16);
  expect(said(made.give('H1', DANA, ACTIONS.undo))).toMatch(/^at: the time to take it back is over/);
});

test('capacity, release, reassignment, cooling-off, attempts', () => {
  const made = desk();
  const offered = (n: number): void => {
    const id = `H${n}`;
    made.give(id, MARKETING, { type: 'handoff.draft', payload: { personId: `P${n}` } });
    made.give(id, MARKETING, ACTIONS.offer);
  };
  [1, 2, 3].forEach(offered);
  made.give('H1', ELI, ACTIONS.accept);
  made.give('H2', ELI, ACTIONS.accept);
  expect(said(made.give('H3', ELI, ACTIONS.accept))).toMatch(/^by.id: eli has 2 of at most 2; .*payload.override/);
  expect(said(made.give('H3', ELI, { type: 'handoff.accept', payload: { override: 'I know them' } }))).toBe('done');
  expect(said(made.give('H3', ELI, ACTIONS.release))).toBe('done');
  expect(made.now('H3')).toMatchObject({ status: 'offered', seller: null, pool: 'smb' });
  expect(said(made.give('H3', DANA, ACTIONS.accept))).toBe('done');
  expect(said(made.give('H3', DANA, ACTIONS.release))).toBe('done');
  made.give('H3', DANA, ACTIONS.accept);
  expect(said(made.give('H3', DANA, ACTIONS.release))).toMatch(/has released it once already/);
  const gone: HandoffAction = { type: 'handoff.recycle', payload: { reason: 'unreachable', reviewOn: '2026-09-01' } };
  const tried = (attempts: number) => ({ context: { lead: { read: () => 'known', attempts } } });
  expect(said(made.give('H3', DANA, gone, tried(4)))).toMatch(/needs 5 attempts, not 4/);
  expect(said(made.give('H3', DANA, gone, tried(5)))).toBe('done');
  const back: HandoffAction = { type: 'handoff.reenter', payload: { previous: 'H3', personId: 'P3', cycle: 2 } };
  expect(said(made.give('H4', SYSTEM, back))).toMatch(/^at: the cooling-off of H3 lasts until 2026-07-01/);
  expect(said(made.give('H2', MANAGER, ACTIONS.reassign))).toMatch(/does not follow accepted/);
});

test('a person comes back from where the last hand-off ended, not by a new draft and not twice', () => {
  const made = desk();
  const gone: HandoffAction = { type: 'handoff.recycle', payload: { reason: 'timing.later', reviewOn: '2026-09-01' } };
  const draft: HandoffAction = { type: 'handoff.draft', payload: { personId: 'P1' } };
  const back = (previous: string, cycle: number): HandoffAction => ({
    type: 'handoff.reenter',
    payload: { previous, personId: 'P1', cycle },
  });
  const through = (id: string): void => {
    expect(said(made.give(id, MARKETING, ACTIONS.offer))).toBe('done');
    expect(said(made.give(id, DANA, ACTIONS.accept))).toBe('done');
    expect(said(made.give(id, DANA, gone))).toBe('done');
  };
  made.give('H1', MARKETING, draft);
  // Drafted while the first was on its way: it cannot be offered once that has ended.
  expect(said(made.give('H2', MARKETING, draft))).toBe('done');
  through('H1');
  const remedy = /^payload.personId: P1 was recycled as H1; reenter with previous H1, cycle 2/;
  expect(said(made.give('H2', MARKETING, ACTIONS.offer))).toMatch(remedy);
  expect(said(made.give('H3', MARKETING, draft))).toMatch(remedy);
  made.wait(40 * 24 * 60);
  expect(said(made.give('H3', MARKETING, draft))).toMatch(remedy);
  expect(said(made.give('H4', MARKETING, back('H1', 2)))).toBe('done');
  expect(said(made.give('H5', MARKETING, back('H1', 2)))).toBe('done');
  through('H4');
  made.wait(40 * 24 * 60);
  expect(said(made.give('H5', MARKETING, ACTIONS.offer))).toMatch(/was recycled as H4; .*cycle 3/);
  expect(said(made.give('H6', MARKETING, back('H1', 2)))).toMatch(/was recycled as H4; .*cycle 3/);
  expect(said(made.give('H6', MARKETING, back('H4', 3)))).toBe('done');
  // What was offered and withdrawn is none of those the person has been through.
  expect(said(made.give('H6', MARKETING, ACTIONS.offer))).toBe('done');
  expect(said(made.give('H6', MARKETING, ACTIONS.withdraw))).toBe('done');
  expect(said(made.give('H7', MARKETING, back('H4', 3)))).toBe('done');
});

test('an offer needs its fields and nobody suppressed; qualifying needs the agreed criteria', () => {
  const made = desk({
    ...DEFAULT_POLICY,
    required: ['attributes.email'],
    qualified: { fields: ['attributes.need'], criteria: { field: 'attributes.budget', gte: 1000 } },
  });
  made.give('H1', MARKETING, ACTIONS.draft);
  const facts = (values: Record<string, string | number>, more: object = {}) => ({
    context: { lead: { read: (field: string) => values[field], ...more } },
  });
  const complete = { 'attributes.email': 'a@b.example', 'attributes.need': 'a CRM', 'attributes.budget': 500 };
  expect(said(made.give('H1', MARKETING, ACTIONS.offer, facts({})))).toMatch(/^lead.attributes.email: is missing/);
  const customer = facts(complete, { suppressedBy: 'customer' });
  expect(said(made.give('H1', MARKETING, ACTIONS.offer, customer))).toMatch(/route it to customer success/);
  expect(said(made.give('H1', MARKETING, ACTIONS.offer, facts(complete)))).toBe('done');
  made.give('H1', DANA, ACTIONS.accept);
  expect(said(made.give('H1', DANA, ACTIONS.qualify, facts({})))).toMatch(/^lead.attributes.need: is missing/);
  expect(said(made.give('H1', DANA, ACTIONS.qualify, facts(complete)))).toMatch(/^lead.attributes.budget: the agreed/);
  expect(said(made.give('H1', DANA, ACTIONS.qualify, facts({ ...complete, 'attributes.budget': 1000 })))).toBe('done');
});

test('a clock that runs backwards is refused', () => {
  const made = reach('offered');
  expect(said(made.give('H1', DANA, ACTIONS.accept, { context: { at: minutes(0) } }))).toMatch(/^at: .* set the clock/);
});

test('a log is read as a whole or not at all', () => {
  const { log } = reach('working');
  expect(readHandoffLog('H1', JSON.parse(JSON.stringify(log)))).toMatchObject({ state: { version: 4 } });
  const [draft, offer, accept] = log;
  expect(refusal(() => readHandoffLog('H1', [draft, { ...offer, tenant: 'b' }]))).toMatchObject({
    field: 'log.1.tenant',
  });
  expect(refusal(() => readHandoffLog('H1', [draft, { ...offer, target: 'H2' }])).field).toBe('log.1.target');
  expect(refusal(() => readHandoffLog('H1', [draft, accept])).field).toBe('log.1.version');
  expect(refusal(() => readHandoffLog('H1', [draft, { ...accept, version: 2 }])).field).toBe('log.1.action.type');
  expect(refusal(() => readHandoffLog('H1', [draft, { ...offer, at: '2026-01-01T00:00:00Z' }])).field).toBe('log.1.at');
  expect(refusal(() => readHandoffLog('H1', [draft, { ...offer, commandId: 'c1' }])).field).toBe('log.1.commandId');
  const { book } = reach('accepted');
  const before = book.get('H1');
  expect(refusal(() => draft !== undefined && book.add(draft)).field).toBe('H1@1.version');
  expect(book.get('H1')).toBe(before);
});

test('a policy that cannot be used is refused by its field', () => {
  const reasons = { return: { version: '1.0.0', reasons: [] } };
  expect(refusal(() => readHandoffPolicy({ ...DEFAULT_POLICY, reasons })).field).toBe('policy.reasons.return.reasons');
});

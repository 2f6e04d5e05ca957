import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Envelope, LeadCard, OWNER_RIGHTS, type HandoffsQuestion, type Question } from '../contracts/index.ts';
import { STARTING_LEXICON } from '../glossary/lexicon/index.ts';
import {
  DEFAULT_POLICY,
  RETURN_REASONS,
  TRANSITIONS,
  type HandoffAction,
  type HandoffActor,
} from '../handoff/index.ts';
import { ACTIONS, actor, DANA, ELI, MANAGER, MARKETING, SYSTEM } from '../testing/handoff-desk.ts';
import { CARDS, seatedDesk } from '../testing/seated.ts';
import { Desk, type DeskEvent } from './index.ts';

type Seated = ReturnType<typeof seatedDesk>;
const SALES = actor('seller', 'dana');

const ask = async (made: Seated, question: Question, by: HandoffActor = DANA, rights = OWNER_RIGHTS) => {
  const envelope = await made.source(by, rights).query(question);
  // What is answered is what the contract says, and nothing that would be lost on a wire.
  expect(Envelope.parse(structuredClone(envelope))).toEqual(envelope);
  return envelope;
};
const list = async (made: Seated, more: Partial<HandoffsQuestion> = {}, by = DANA, rights = OWNER_RIGHTS) => {
  const { data } = await ask(made, { kind: 'handoffs', ...more }, by, rights);
  if (data?.kind !== 'handoffs' || data.show !== 'list') throw new Error('no list');
  return data;
};
const detail = async (made: Seated, handoff: string, by = DANA, rights = OWNER_RIGHTS) => {
  const { data } = await ask(made, { kind: 'handoffs', show: 'detail', handoff }, by, rights);
  if (data?.kind !== 'handoffs' || data.show !== 'detail') throw new Error('no detail');
  return data;
};
/** H1 of Ines, H2 of somebody nobody knows, offered to the pool; H3 of Åsa, a draft. */
async function offered(): Promise<Seated> {
  const made = seatedDesk();
  for (const [id, personId, rating] of [
    ['H1', 'P1', 'A1'],
    ['H2', 'P2', 'B2'],
    ['H3', 'P3', 'A2'],
  ] as const) {
    await made.give(id, MARKETING, { type: 'handoff.draft', payload: { personId, rating, source: 'webinar' } });
    if (id !== 'H3') await made.give(id, MARKETING, ACTIONS.offer);
  }
  return made;
}

describe('commands', () => {
  const PEOPLE = [MARKETING, DANA, ELI, MANAGER, SYSTEM];
  const VOTES = [
    { type: 'term.approve', payload: { version: '1.0.0' } },
    { type: 'term.reject', payload: { version: '1.0.0', comment: 'too vague' } },
    { type: 'term.confirm', payload: { version: '1.0.0' } },
  ];
  const step = fc.record({
    id: fc.constantFrom('H1', 'H2', 'H3', 'mql'),
    wild: fc.constantFrom(false, false, false, true),
    by: fc.nat(),
    action: fc.nat(),
    again: fc.boolean(),
    wait: fc.constantFrom(0, 1, 30, 600),
  });

  test('replaying the ledger gives the desk; the same command twice changes nothing', async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 80 }), async (steps) => {
        const made = seatedDesk();
        const { desk } = made;
        const events: DeskEvent[] = [];
        desk.onEvent((event) => events.push(event));
        for (const [i, { id, wild, again, wait, ...picks }] of steps.entries()) {
          made.wait(wait);
          const status = desk.book.get(id)?.status;
          const fitting = Object.values(ACTIONS).filter(({ type }) => {
            const { from } = TRANSITIONS[type];
            return wild || (status === undefined ? type === 'handoff.draft' : from.includes(status));
          });
          const actions = id === 'mql' ? VOTES : fitting;
          const action = actions[picks.action % actions.length] ?? ACTIONS.undo;
          const by = PEOPLE[picks.by % PEOPLE.length] ?? SYSTEM;
          const expectedVersion = (desk.term(id)?.state ?? desk.book.state(id))?.version ?? 0;
          const command = { commandId: `s${i}`, expectedVersion };
          const first = await made.give(id, by, action, command);
          const before = desk.version;
          if (!again) continue;
          const second = await made.give(id, by, action, command);
          expect(desk.version).toBe(before);
          expect(second).toEqual(first);
        }
        const replayed = new Desk({ staff: desk.staff, glossary: STARTING_LEXICON }, events);
        expect([...replayed.handoffs()]).toEqual([...desk.handoffs()]);
        expect([...replayed.stageEvents()]).toEqual([...desk.stageEvents()]);
        expect(replayed.term('mql')?.state).toEqual(desk.term('mql')?.state);
        expect(replayed.version).toBe(events.length);
        done += events.length;
      }),
      { numRuns: 80, seed: 5 },
    );
    // Enough was done to say something.
    expect(done).toBeGreaterThan(400);
  });

  test('of two who accept the same version one wins, and the other hears who and when', async () => {
    const made = await offered();
    made.wait(3);
    const outcomes = await Promise.all([
      made.give('H1', DANA, ACTIONS.accept, { expectedVersion: 2 }),
      made.give('H1', ELI, ACTIONS.accept, { expectedVersion: 2 }),
    ]);
    expect(outcomes[0]).toMatchObject({ status: 'done', version: 3, state: { id: 'H1', status: 'accepted' } });
    expect(outcomes[1]).toMatchObject({
      status: 'conflict',
      version: 3,
      by: { id: 'dana', name: 'dana', team: 'sales' },
      at: made.at(),
      state: { status: 'accepted', owner: { person: { id: 'dana', name: 'Dana' } }, last: { type: 'accept' } },
    });
    expect(made.desk.log('H1').length).toBe(3);
  });

  test('an id that another target had is refused, and so is a command without the right to act', async () => {
    const made = await offered();
    await made.give('H1', DANA, ACTIONS.accept, { commandId: 'mine' });
    expect(await made.give('H2', DANA, ACTIONS.accept, { commandId: 'mine' })).toMatchObject({
      status: 'refused',
      field: 'commandId',
      remedy: 'give this one its own id',
    });
    const reads = { ...OWNER_RIGHTS, caps: [] };
    expect(await made.give('H2', DANA, ACTIONS.accept, {}, reads)).toMatchObject({ status: 'refused', field: 'caps' });
    expect(await made.give('H2', DANA, { type: 'order.pizza', payload: {} })).toMatchObject({ field: 'type' });
    expect(made.desk.log('H2').length).toBe(2);
  });

  test('a refusal names the field and what would help', async () => {
    const made = await offered();
    const other: HandoffAction = { type: 'handoff.return', payload: { missing: [{ element: 'other' }] } };
    expect(await made.give('H1', DANA, other)).toEqual({
      status: 'refused',
      message: 'payload.missing.0.text: is missing; say what marketing must do',
      field: 'payload.missing.0.text',
      remedy: 'say what marketing must do',
    });
  });

  test('who listens hears of what changed, and of nothing after leaving', async () => {
    const made = await offered();
    const heard: string[] = [];
    const leave = ['data', 'handoffs', 'glossary'].map((topic) =>
      made.source(ELI).subscribe(topic, () => heard.push(topic)),
    );
    await made.give('H1', DANA, ACTIONS.accept);
    await made.give('H1', DANA, ACTIONS.note);
    await made.give('mql', SALES, { type: 'term.approve', payload: { version: '1.0.0' } });
    expect(heard).toEqual(['data', 'handoffs', 'handoffs', 'glossary']);
    for (const stop of leave) stop();
    await made.give('H2', DANA, ACTIONS.accept);
    expect(heard.length).toBe(4);
  });
});

describe('the funnel', () => {
  test('sees at once what hand-offs lead to, and what was taken back no longer', async () => {
    const made = await offered();
    const counts = async () => {
      const { data } = await ask(made, { kind: 'funnel', funnel: 'lead-to-won', view: 'activity' });
      if (data?.kind !== 'funnel') return {};
      return Object.fromEntries([...data.stages, ...data.side].map(({ key, count }) => [key, count]));
    };
    await made.give('H1', DANA, ACTIONS.accept);
    expect(await counts()).toMatchObject({ sal: 1, sql: 0, returned: 0 });
    await made.give('H1', DANA, ACTIONS.return);
    await made.give('H2', DANA, ACTIONS.accept);
    await made.give('H2', DANA, ACTIONS.qualify);
    expect(await counts()).toMatchObject({ sal: 2, sql: 1, returned: 1 });
    await made.give('H2', DANA, ACTIONS.undo);
    expect(await counts()).toMatchObject({ sal: 2, sql: 0 });
  });
});

describe('lists', () => {
  test('views, counts and the order by rating, then due', async () => {
    const made = await offered();
    expect((await list(made)).counts).toEqual({ mine: 2, team: 2, returned: 0, breached: 0, all: 3 });
    expect((await list(made, {}, MARKETING)).rows.map(({ id }) => id)).toEqual(['H3']);
    expect((await list(made, { view: 'all' })).rows.map(({ id }) => id)).toEqual(['H1', 'H3', 'H2']);
    const [row] = (await list(made)).rows;
    expect(row).toMatchObject({
      name: 'Ines Calloway',
      company: 'Brightwater Foods',
      why: { what: 'Demo form' },
      owner: { team: 'sales', person: null, pool: { id: 'smb', name: 'Small business' } },
      clock: {
        clock: 'acceptance',
        state: 'running',
        atRiskAt: '2026-06-01T09:45:00.000Z',
        dueAt: '2026-06-01T10:00:00.000Z',
        breached: false,
      },
      can: ['accept', 'return', 'recycle', 'disqualify', 'pause', 'note'],
    });
    made.wait(61);
    expect((await list(made, { view: 'breached' })).rows.map(({ id }) => id)).toEqual(['H1', 'H3']);
    await made.give('H1', DANA, ACTIONS.return);
    expect((await list(made, { view: 'returned' }, MARKETING)).rows[0]).toMatchObject({
      clock: { clock: 'marketingFix', accountable: 'marketing' },
      owner: { team: 'marketing', person: { id: 'mia' } },
      can: ['resubmit', 'disqualify', 'withdraw', 'note'],
    });
  });

  test('pages and filters say how many there are in all', async () => {
    const made = await offered();
    const page = await list(made, { view: 'all', offset: 1, limit: 1 });
    expect([page.total, page.offset, page.rows.map(({ id }) => id)]).toEqual([3, 1, ['H3']]);
    const found = async (filter: HandoffsQuestion['filter']) =>
      (await list(made, { view: 'all', filter })).rows.map(({ id }) => id);
    expect(await found({ text: 'asa nor' })).toEqual(['H3']);
    const filter = { ratings: ['A1', 'B2'] } satisfies HandoffsQuestion['filter'];
    const { counts } = await list(made, { view: 'all', filter });
    expect(counts.all).toBe(2);
    for (const view of ['mine', 'team', 'returned', 'breached'] as const)
      expect(counts[view], view).toBe((await list(made, { view, filter })).total);
    expect(await found({ ratings: ['A1', 'B2'] })).toEqual(['H1', 'H2']);
    expect(await found({ statuses: ['draft'] })).toEqual(['H3']);
    expect((await ask(made, { kind: 'handoffs', filter: { text: 'nobody' } })).code).toBe('nothing-matches');
    expect((await ask(seatedDesk(), { kind: 'handoffs' })).code).toBe('no-data-yet');
  });

  test('a reader without the scope sees no names, cannot search by them, and rows of others are not there', async () => {
    const made = await offered();
    const masked = { ...OWNER_RIGHTS, scopes: ['handoffs'] };
    expect((await list(made, {}, DANA, masked)).rows[0]).toMatchObject({ name: null, company: 'Brightwater Foods' });
    expect((await list(made, { filter: { text: 'ines' } }, DANA, masked)).total).toBe(0);
    expect(await detail(made, 'H1', DANA, masked)).toMatchObject({
      masked: true,
      quote: null,
      person: { name: null, email: null, phone: null },
    });
    const north = { ...OWNER_RIGHTS, rows: { field: 'attributes.region', eq: 'north' } };
    const seen = await ask(made, { kind: 'handoffs', view: 'all' }, DANA, north);
    expect(seen).toMatchObject({ warnings: [{ code: 'row-filter' }], data: { counts: { all: 1 }, total: 1 } });
    const hidden = await ask(made, { kind: 'handoffs', show: 'detail', handoff: 'H1' }, DANA, north);
    const absent = await ask(made, { kind: 'handoffs', show: 'detail', handoff: 'H9' }, DANA, north);
    expect([hidden.code, hidden.message]).toEqual([absent.code, absent.message?.replace('H9', 'H1')]);
    expect(await made.give('H1', DANA, ACTIONS.accept, {}, north)).toMatchObject({ status: 'refused' });
    expect((await ask(made, { kind: 'handoffs' }, DANA, { ...OWNER_RIGHTS, scopes: ['funnel'] })).code).toBe(
      'forbidden',
    );
  });
});

describe('a detail', () => {
  test('shows the lead, what it lacks, what may be done and why not, and the log', async () => {
    const made = await offered();
    made.wait(5);
    await made.give('H1', DANA, ACTIONS.accept);
    const shown = await detail(made, 'H1');
    expect(shown).toMatchObject({
      person: { email: 'ines@brightwater.example', timeZone: 'Europe/Lisbon', open: { now: true, opensAt: null } },
      company: { size: 350, otherPeople: 2 },
      reasons: [{ text: 'Demo request', points: 39.1 }],
      undo: { type: 'accept', until: '2026-06-01T09:20:00.000Z' },
      outcome: null,
    });
    expect(shown.elements.filter(({ present }) => !present).map(({ label }) => label)).toEqual([
      'Phone number',
      'Timing',
      'Budget signal',
    ]);
    expect(shown.clocks.map(({ clock, state }) => [clock, state])).toEqual([
      ['systemLatency', 'stopped'],
      ['acceptance', 'stopped'],
      ['firstResponse', 'running'],
      ['disposition', 'running'],
    ]);
    expect(shown.log.map(({ type, before, after }) => [type, before, after])).toEqual([
      ['draft', null, 'draft'],
      ['offer', 'draft', 'offered'],
      ['accept', 'offered', 'accepted'],
    ]);
    const others = (await detail(made, 'H1', ELI)).actions.find(({ name }) => name === 'return');
    expect(others).toEqual({
      type: 'handoff.return',
      name: 'return',
      allowed: false,
      refusal: {
        field: 'by.id',
        reason: 'the hand-off is with dana, not with eli',
        remedy: 'ask a manager to reassign it',
      },
    });
  });

  test('what was returned, its answers, what was taken back, and how the last round ended', async () => {
    const made = await offered();
    await made.give('H1', DANA, ACTIONS.return);
    await made.give('H1', MARKETING, ACTIONS.resubmit);
    await made.give('H1', DANA, ACTIONS.accept);
    await made.give('H1', DANA, ACTIONS.undo);
    await made.give('H1', DANA, ACTIONS.accept);
    await made.give('H1', DANA, ACTIONS.recycle);
    const ended = await detail(made, 'H1');
    expect(ended.missing).toEqual([{ element: 'missing.phone', label: 'No working phone', answer: 'completed' }]);
    expect(ended.log.map(({ undone }) => undone)).toEqual([false, false, false, false, true, false, false, false]);
    expect(ended.outcome).toMatchObject({ label: 'Right fit, wrong time', reviewOn: '2026-09-01' });
    made.wait(60 * 24 * 40);
    await made.give('H1b', MARKETING, ACTIONS.reenter);
    expect((await detail(made, 'H1b')).previous).toMatchObject([
      { id: 'H1', cycle: 1, status: 'recycled', reason: 'Right fit, wrong time', code: 'timing.later' },
    ]);
  });

  test('why hand-offs came back, by source, within a period', async () => {
    const made = await offered();
    await made.give('H1', DANA, ACTIONS.return);
    const returns = async (more: Partial<HandoffsQuestion>) =>
      (await ask(made, { kind: 'handoffs', show: 'returns', ...more }, MARKETING)).data;
    expect(await returns({ by: 'source', period: '2026-06' })).toMatchObject({
      groups: [{ group: 'webinar', returns: 1, reasons: [{ element: 'missing.phone', label: 'No working phone' }] }],
    });
    expect(await returns({ period: '2026-05' })).toMatchObject({ groups: [] });
  });

  test('what a company words its own way is told apart from what every language has a name of', async () => {
    const reasons = RETURN_REASONS.reasons.map((reason) =>
      reason.code === 'missing.phone' ? { ...reason, label: 'Rings out' } : reason,
    );
    const made = seatedDesk({ policy: { ...DEFAULT_POLICY, reasons: { return: { version: '2.0.0', reasons } } } });
    await made.give('H1', MARKETING, { type: 'handoff.draft', payload: { personId: 'P1', rating: 'A1' } });
    await made.give('H1', MARKETING, ACTIONS.offer);
    await made.give('H1', DANA, {
      type: 'handoff.return',
      payload: { missing: [{ element: 'missing.phone' }, { element: 'missing.need' }] },
    });
    const { missing, choices, log } = await detail(made, 'H1', MARKETING);
    const labels = [
      { element: 'missing.phone', label: 'Rings out', own: true },
      { element: 'missing.need', label: 'No stated need or use case' },
    ];
    expect(missing).toEqual(labels);
    expect(log.at(-1)?.elements).toEqual(labels);
    expect(choices.return.filter(({ own }) => own).map(({ code }) => code)).toEqual(['missing.phone']);
    expect(choices.pools).toEqual([{ id: 'smb', name: 'Small business' }]);
    const { data } = await ask(made, { kind: 'handoffs', show: 'returns' }, MARKETING);
    expect(data).toMatchObject({
      groups: [{ reasons: [{ element: 'missing.need' }, { element: 'missing.phone', own: true }] }],
    });
  });
});

test('the cards are such as the contract allows', () => {
  expect(CARDS.map((card) => LeadCard.parse(card))).toEqual(CARDS);
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Glossary, TermEvent, type Command, type TermAction, type TermDefinition } from '../../contracts/index.ts';
import { DAY_MS } from '../../time/index.ts';
import { previewImpact } from '../impact.ts';
import {
  decideTerm,
  replayTerm,
  glossaryOf,
  termHistory,
  termStanding,
  versionBreaks,
  versionInForce,
  type TermContext,
  type TermDecision,
} from './index.ts';

const MQL: TermDefinition = {
  kind: 'term',
  id: 'mql',
  version: '1.0.0',
  term: 'Marketing qualified lead',
  owners: ['both'],
  definition: 'A lead worth the time of sales.',
  of: 'person',
  criteria: { field: 'attributes.rating', in: ['A1', 'A2', 'B1'] },
};
const NARROWER: TermDefinition = {
  ...MQL,
  version: '2.0.0',
  criteria: { field: 'attributes.rating', in: ['A1', 'A2'] },
};
const REWORDED: TermDefinition = { ...MQL, version: '1.0.1', definition: 'A lead that is worth the time of sales.' };

const START = Date.parse('2026-01-01T00:00:00Z');
const day = (n: number): string => new Date(START + n * DAY_MS).toISOString();
const person = (team: string): TermContext['by'] => ({ id: `${team}-1`, name: `Person of ${team}`, team });

const RATINGS = ['A1', 'A2', 'B1', 'B1', 'C1'];
const { impact } = previewImpact({
  before: MQL,
  after: NARROWER,
  size: RATINGS.length,
  read: () => (i) => RATINGS[i],
  asOf: START,
  timeZone: 'UTC',
});

/** A ledger of one term; each call is one command a day later, by a team. */
function ledger(base?: TermDefinition, others?: Glossary) {
  const log: TermEvent[] = [];
  let days = 0;
  const give = (team: string, action: TermAction, more: Partial<Command> = {}): TermDecision => {
    days++;
    const command: Command = {
      v: 1,
      commandId: `c${days}`,
      expectedVersion: log.length,
      target: 'mql',
      type: action.type,
      payload: action.payload,
      ...more,
    };
    const known = { ...(base === undefined ? {} : { base }), ...(others === undefined ? {} : { others }) };
    const decision = decideTerm(log, command, { by: person(team), at: day(days), ...known });
    if (decision.status === 'done' && decision.event !== undefined) log.push(decision.event);
    return decision;
  };
  const at = (n: number) => termStanding(replayTerm('mql', log, base), START + n * DAY_MS);
  return { log, give, at, now: () => at(days) };
}
const propose = (term: TermDefinition, more = {}): TermAction => ({ type: 'term.propose', payload: { term, ...more } });
const approve = (version: string): TermAction => ({ type: 'term.approve', payload: { version } });
const confirm = (version: string): TermAction => ({ type: 'term.confirm', payload: { version } });
const retire = (replacedBy?: string): TermAction => ({
  type: 'term.deprecate',
  payload: { reason: 'nobody says it', ...(replacedBy === undefined ? {} : { replacedBy }) },
});
const reason = (decision: TermDecision): string => (decision.status === 'refused' ? decision.message : decision.status);

test.for([
  ['marketing', 'sales'],
  ['sales', 'marketing'],
] as const)('%s first: proposed, half agreed, agreed', ([first, second]) => {
  const { give, now } = ledger();
  give('marketing', { type: 'term.draft', payload: { term: MQL } });
  expect(now()).toMatchObject({ status: 'draft', waitsFor: [] });
  give('marketing', propose(MQL));
  // The team that proposed has not approved.
  expect(now()).toMatchObject({ status: 'proposed', inForce: null, waitsFor: ['marketing', 'sales'] });
  give(first, approve('1.0.0'));
  expect(now()).toMatchObject({ status: `agreed-by-${first}`, inForce: null, waitsFor: [second] });
  expect(reason(give(first, approve('1.0.0')))).toMatch(/already/);
  give(second, approve('1.0.0'));
  expect(now()).toMatchObject({ status: 'agreed', inForce: { version: '1.0.0' }, waitsFor: [] });
  expect(now().inForce?.agreedBy?.map((a) => a.team)).toEqual(['marketing', 'sales']);
});

test('a rejection sends it back to draft with the comment, and voids the approval it had', () => {
  const { give, now, log } = ledger();
  give('marketing', propose(MQL));
  give('marketing', approve('1.0.0'));
  expect(reason(give('sales', { type: 'term.reject', payload: { version: '1.0.0', comment: '' } }))).toMatch(/comment/);
  give('sales', { type: 'term.reject', payload: { version: '1.0.0', comment: 'name the threshold' } });
  expect(now()).toMatchObject({ status: 'draft' });
  expect(replayTerm('mql', log).open).toMatchObject({ rejection: { comment: 'name the threshold' } });
  expect(replayTerm('mql', log).open?.approvals).toEqual({});
  give('marketing', propose(MQL));
  expect(now().waitsFor).toEqual(['marketing', 'sales']);
  expect(replayTerm('mql', log).open?.rejection).toBeUndefined();
});

function agreedLedger(others?: Glossary) {
  const made = ledger(undefined, others);
  made.give('marketing', propose(MQL));
  made.give('sales', approve('1.0.0'));
  made.give('marketing', approve('1.0.0'));
  return made;
}

test('while version n + 1 is proposed, n stays in force; the new one counts from its day', () => {
  const { give, at, now, log } = agreedLedger();
  give('sales', propose(NARROWER, { impact, effectiveFrom: day(20) }));
  expect(now()).toMatchObject({
    status: 'agreed',
    inForce: { version: '1.0.0' },
    next: { version: '2.0.0', status: 'proposed' },
  });
  give('marketing', approve('2.0.0'));
  give('sales', approve('2.0.0'));
  expect(at(19)).toMatchObject({
    inForce: { version: '1.0.0' },
    coming: { term: { version: '2.0.0' }, from: day(20) },
  });
  expect(at(20).inForce?.version).toBe('2.0.0');
  const state = replayTerm('mql', log);
  expect(versionInForce(state, START)).toBeNull();
  expect(versionBreaks(state, START, START + 30 * DAY_MS)).toEqual([
    { at: day(20), from: '1.0.0', to: '2.0.0', change: 'major' },
  ]);
});

test('nothing is in force before both have agreed, whatever day was wished', () => {
  const { give, at } = agreedLedger();
  give('sales', propose(REWORDED, { effectiveFrom: day(0) }));
  give('marketing', approve('1.0.1'));
  give('sales', approve('1.0.1'));
  expect([at(5).inForce?.version, at(6).inForce?.version]).toEqual(['1.0.0', '1.0.1']);
});

test('a proposal is not lost to a draft, and only its writers take it back', () => {
  const { give, now } = ledger();
  give('marketing', propose(MQL));
  expect(reason(give('sales', { type: 'term.draft', payload: { term: REWORDED } }))).toMatch(/withdraw it first/);
  expect(reason(give('sales', { type: 'term.withdraw', payload: { version: '1.0.0' } }))).toMatch(
    /of marketing; reject/,
  );
  give('marketing', { type: 'term.withdraw', payload: { version: '1.0.0' } });
  expect(now().status).toBe('draft');
});

test('what is in force is not stale while the teams have agreed to what follows', () => {
  const { give, at } = agreedLedger();
  give('sales', propose(REWORDED, { effectiveFrom: day(400) }));
  give('sales', approve('1.0.1'));
  give('marketing', approve('1.0.1'));
  expect(at(184)).toMatchObject({ status: 'agreed', inForce: { version: '1.0.0' } });
  expect(at(186)).toMatchObject({ status: 'stale', staleFrom: day(185), waitsFor: ['sales'] });
});

test('a major change needs a preview of this very text', () => {
  const { give } = agreedLedger();
  expect(reason(give('sales', propose(NARROWER)))).toMatch(/payload.impact.*previewImpact/);
  const other: TermDefinition = { ...NARROWER, criteria: { field: 'attributes.rating', eq: 'A1' } };
  expect(reason(give('sales', propose(other, { impact })))).toMatch(/another text/);
  expect(reason(give('sales', propose({ ...NARROWER, version: '1.1.0' }, { impact })))).toMatch(
    /criteria changed.*2\.0\.0/,
  );
  expect(reason(give('sales', propose({ ...NARROWER, version: '3.0.0' }, { impact })))).toMatch(
    /does not follow.*2\.0\.0/,
  );
  expect(reason(give('sales', propose(NARROWER, { impact })))).toBe('done');
});

test('it is stale when either team has not confirmed it for more than 180 days', () => {
  const { give, at } = agreedLedger();
  // Sales approved on day 2, marketing on day 3.
  expect([at(182).status, at(182.001).status]).toEqual(['agreed', 'stale']);
  expect(at(183)).toMatchObject({ status: 'stale', staleFrom: day(182), waitsFor: ['sales'] });
  give('sales', confirm('1.0.0'));
  expect(at(183)).toMatchObject({ status: 'agreed', staleFrom: day(183) });
});

test('both teams give a term up; one of them can keep it', () => {
  const { give, now } = agreedLedger();
  give('sales', retire('sal'));
  expect(now()).toMatchObject({ status: 'agreed', waitsFor: ['marketing'] });
  give('marketing', confirm('1.0.0'));
  expect(now().waitsFor).toEqual([]);
  give('sales', retire('sal'));
  expect(reason(give('marketing', retire()))).toMatch(/replacedBy.*sal/);
  give('marketing', retire('sal'));
  expect(now()).toMatchObject({ status: 'deprecated', inForce: { version: '1.0.0' } });
  expect(reason(give('sales', propose(REWORDED)))).toMatch(/deprecated: use sal/);
});

test('the first writer wins, the second learns who it was; the same command twice is done once', () => {
  const { give, log } = agreedLedger();
  const late = give('sales', confirm('1.0.0'), { expectedVersion: 2 });
  expect(late).toMatchObject({ status: 'conflict', version: 3, by: { team: 'marketing' }, at: day(3) });
  const again = give('sales', approve('1.0.0'), { commandId: 'c2', expectedVersion: 1 });
  expect(again).toMatchObject({ status: 'done', version: 2, state: { version: 2 } });
  expect(again).not.toHaveProperty('event');
  expect(reason(give('sales', approve('1.0.1'), { commandId: 'c2' }))).toMatch(/commandId/);
  expect(reason(give('marketing', approve('1.0.0'), { commandId: 'c2' }))).toMatch(/commandId/);
  expect(log).toHaveLength(3);
});

test('commands that make no sense are refused with the remedy', () => {
  const { give } = ledger();
  expect(reason(give('marketing', approve('1.0.0')))).toMatch(/propose one first/);
  expect(reason(give('marketing', propose({ ...MQL, id: 'sql' })))).toMatch(/payload.term.id/);
  expect(reason(give('sales', { type: 'term.approve', payload: { version: '1' } }))).toMatch(/payload.version/);
  expect(reason(give('sales', approve('1.0.0'), { type: 'term.bless' }))).toMatch(/type/);
  give('marketing', propose(MQL));
  expect(reason(give('customer-success', approve('1.0.0')))).toMatch(/marketing and sales/);
  expect(reason(give('sales', approve('1.1.0')))).toMatch(/read it first/);
  expect(reason(give('sales', propose({ ...MQL, agreedBy: [] })))).toMatch(/agreedBy/);
});

test('a term of the package is proposed until both have signed it', () => {
  const { give, now } = ledger(MQL);
  expect(now().status).toBe('proposed');
  give('sales', approve('1.0.0'));
  give('marketing', approve('1.0.0'));
  expect(now().status).toBe('agreed');
  const signed = ['marketing', 'sales'].map((team) => ({ team, by: 'Ada', at: day(0) }));
  expect(ledger({ ...MQL, agreedBy: signed }).now().status).toBe('agreed');
});

test('a proposal may not take the name of another term or lead in a circle', () => {
  const lead: TermDefinition = { ...MQL, id: 'lead', term: 'Lead', uses: ['mql'] };
  const { give } = ledger(undefined, { v: 1, kind: 'glossary', terms: [lead] });
  expect(reason(give('sales', propose({ ...MQL, synonyms: ['lead'] })))).toMatch(/already a name of lead/);
  expect(reason(give('sales', propose({ ...MQL, uses: ['lead'] })))).toMatch(/circle/);
  expect(reason(give('sales', propose(MQL)))).toBe('done');
});

test('a ledger as a glossary has what is in force, and what is given up as retired', () => {
  const { give, log } = agreedLedger();
  give('sales', propose(NARROWER, { impact }));
  const before = glossaryOf([replayTerm('mql', log), replayTerm('nothing', [])], START + 5 * DAY_MS);
  expect(before.terms.map((t) => [t.version, t.agreedBy?.length])).toEqual([['1.0.0', 2]]);
  give('sales', retire('sal'));
  give('marketing', retire('sal'));
  const after = glossaryOf([replayTerm('mql', log)], START + 9 * DAY_MS);
  expect(after.retired).toEqual([{ term: 'mql', reason: 'nobody says it', replacedBy: 'sal' }]);
  expect(Glossary.parse(after)).toEqual(after);
});

test('the history names who, which team, when, what differs and why', () => {
  const { give, log } = agreedLedger();
  give('sales', propose(NARROWER, { impact, reason: 'B1 does not close' }));
  expect(termHistory('mql', log).at(-1)).toEqual({
    version: 4,
    commandId: 'c4',
    at: day(4),
    by: person('sales'),
    type: 'term.propose',
    termVersion: '2.0.0',
    reason: 'B1 does not close',
    diff: [{ field: 'criteria', before: MQL.criteria, after: NARROWER.criteria, change: 'major' }],
  });
});

/** The teams that have not approved a version since its text was last proposed. */
function unsigned(log: readonly TermEvent[], version: string | undefined): string[] {
  if (version === undefined) return [];
  const proposed = log.findLastIndex(
    (e) => e.action.type === 'term.propose' && e.action.payload.term.version === version,
  );
  const approvals = log.slice(proposed + 1).filter((e) => e.action.type === 'term.approve');
  return ['marketing', 'sales'].filter((team) => !approvals.some((e) => e.by.team === team));
}

test('whatever is commanded, a version in force was approved by both teams and the log only grows', () => {
  const arbitraryAction = fc.constantFrom<TermAction>(
    propose(MQL),
    propose(REWORDED),
    propose(NARROWER, { impact }),
    { type: 'term.draft', payload: { term: REWORDED } },
    ...['1.0.0', '1.0.1', '2.0.0'].flatMap((version): TermAction[] => [
      approve(version),
      confirm(version),
      { type: 'term.reject', payload: { version, comment: 'no' } },
      { type: 'term.withdraw', payload: { version } },
    ]),
    retire(),
  );
  const step = fc.record({ team: fc.constantFrom('marketing', 'sales', 'operations'), action: arbitraryAction });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { give, log, now } = ledger();
      for (const { team, action } of steps) {
        const before = [...log];
        const decision = give(team, action);
        expect(log.slice(0, before.length)).toEqual(before);
        expect(decision.state).toEqual(replayTerm('mql', log));
        expect(log.map((e) => e.version)).toEqual(log.map((_, i) => i + 1));
        expect(unsigned(log, now().inForce?.version)).toEqual([]);
        // What is kept can be read again.
        expect(log.map((e) => TermEvent.parse(JSON.parse(JSON.stringify(e))))).toEqual(log);
      }
    }),
    { numRuns: 200 },
  );
});

test('a double click is one event, and the log never runs backwards', () => {
  const { give, log } = agreedLedger();
  expect(give('marketing', approve('1.0.0'), { expectedVersion: 2 })).toMatchObject({ status: 'done', version: 3 });
  expect(log).toHaveLength(3);
  const command: Command = { v: 1, commandId: 'x', expectedVersion: 3, target: 'mql', ...confirm('1.0.0') };
  expect(reason(decideTerm(log, command, { by: person('sales'), at: day(0) }))).toMatch(/^at: .* set the clock/);
  expect(reason(decideTerm(log, command, { by: person('sales'), at: 'soon' }))).toMatch(/^at: "soon" is no instant/);
});

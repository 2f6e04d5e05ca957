import type { Glossary, ImpactOrReason, TermAction, TermDefinition } from '@sama/metrics/contracts';
import { previewImpact } from '@sama/metrics/glossary';
import { STARTING_LEXICON } from '@sama/metrics/glossary/lexicon';
import type { HandoffActor } from '@sama/metrics/handoff';
import type { Frame } from '../frame.ts';
import { journeys } from '../journey/journeys.ts';
import { DAY, instantText, TIME_ZONE } from '../time/berlin.ts';
import { READERS } from './staff.ts';

/** One command on a term in the demo company's past. */
export interface TermLineOf {
  target: string;
  at: number;
  by: HandoffActor;
  action: TermAction;
}

/** Terms nobody has voted on yet, and one that only marketing signed. */
const PROPOSED = new Set(['visitor', 'persona', 'awareness', 'engagement', 'intent', 'mqa', 'vanity', 'romi', 'asset']);
const MARKETING_ONLY = 'targetAccount';
/** Signed by both so long ago that it is stale. */
const STALE = 'recycled';

const EVERYBODY: NonNullable<TermDefinition['criteria']> = {
  all: [
    { field: 'attributes.email', present: true },
    { field: 'attributes.company', present: true },
  ],
};
const LARGER = { field: 'attributes.segment', in: ['mid-market', 'enterprise'] };

/** The words of the demo company as both teams had signed them before the ledger began. */
export function demoGlossary({ asOf }: Frame): Glossary {
  const signed = (days: number, teams: readonly ('marketing' | 'sales')[]): TermDefinition['agreedBy'] =>
    teams.map((team, i) => ({
      team,
      by: team === 'marketing' ? READERS.marketingHead.name : READERS.manager.name,
      at: instantText(Math.floor(asOf / 1000) * 1000 - days * DAY + i * 3_600_000),
    }));
  return {
    ...STARTING_LEXICON,
    terms: STARTING_LEXICON.terms.map((given): TermDefinition => {
      const term = given.id === 'mql' ? { ...given, version: '1.2.0', criteria: EVERYBODY } : given;
      if (PROPOSED.has(term.id)) return term;
      const teams = term.id === MARKETING_ONLY ? (['marketing'] as const) : (['marketing', 'sales'] as const);
      return { ...term, agreedBy: signed(term.id === STALE ? 230 : 90, teams) };
    }),
  };
}

/** What became of the words since: a clarified one, a proposal that changes who counts, one sent back, one to be given up. */
export function termScript(frame: Frame, glossary: Glossary): TermLineOf[] {
  const at = (days: number): number => Math.floor(frame.asOf / 1000) * 1000 - days * DAY;
  const textOf = (key: string): TermDefinition => {
    const term = glossary.terms.find(({ id }) => id === key);
    if (term === undefined) throw new Error(`there is no term ${key}`);
    const { agreedBy: _, ...text } = term;
    return text;
  };
  const [lead, mql, sal] = [textOf('lead'), textOf('mql'), textOf('sal')];
  const { marketer, marketingHead, manager } = READERS;
  const clearer = { ...lead, version: '1.1.0', synonyms: [...(lead.synonyms ?? []), 'contactable person'] };
  const stricter = { ...mql, version: '2.0.0', criteria: { all: [...partsOf(mql), LARGER] } };
  const vaguer = { ...sal, version: '1.0.1', definition: 'An MQL that sales has taken note of.' };
  const propose = (term: TermDefinition, reason: string, impact?: ImpactOrReason): TermAction => ({
    type: 'term.propose',
    payload: { term, reason, ...(impact === undefined ? {} : { impact }) },
  });
  return [
    { target: 'lead', at: at(40), by: marketer, action: propose(clearer, 'Sales says it this way.') },
    { target: 'lead', at: at(39), by: marketingHead, action: { type: 'term.approve', payload: { version: '1.1.0' } } },
    { target: 'lead', at: at(38), by: manager, action: { type: 'term.approve', payload: { version: '1.1.0' } } },
    { target: 'sal', at: at(12), by: marketer, action: propose(vaguer, 'Shorter.') },
    {
      target: 'sal',
      at: at(11),
      by: manager,
      action: {
        type: 'term.reject',
        payload: { version: '1.0.1', comment: 'To take note is not to agree to work it.' },
      },
    },
    {
      target: 'mql',
      at: at(4),
      by: marketer,
      action: propose(stricter, 'Small companies seldom buy.', impactOf(mql, stricter, frame)),
    },
    { target: 'mql', at: at(3), by: marketingHead, action: { type: 'term.approve', payload: { version: '2.0.0' } } },
    {
      target: 'velocity',
      at: at(2),
      by: manager,
      action: { type: 'term.deprecate', payload: { reason: 'Nobody decides anything by it.' } },
    },
  ];
}

const partsOf = ({ criteria }: TermDefinition) => (criteria !== undefined && 'all' in criteria ? criteria.all : []);

/** What the stricter text would have meant, counted over the company's own records. */
function impactOf(before: TermDefinition, after: TermDefinition, frame: Frame): ImpactOrReason {
  const rows: Record<string, string>[] = [];
  for (const { steps, deal, segment, email, company } of journeys(frame)) {
    const mql = steps.find(({ stage }) => stage === 'mql');
    if (mql === undefined || mql.at < frame.asOf - 300 * DAY) continue;
    const sal = steps.find(({ stage }) => stage === 'sal');
    const won = deal?.linked === true ? deal.steps.find(({ stage }) => stage === 'won') : undefined;
    rows.push({
      'reached.mql': instantText(mql.at),
      ...(sal === undefined ? {} : { 'reached.sal': instantText(sal.at) }),
      ...(won === undefined ? {} : { 'reached.won': instantText(won.at) }),
      'attributes.segment': segment,
      'attributes.email': email,
      'attributes.company': company,
    });
  }
  return previewImpact({
    before,
    after,
    size: rows.length,
    read: (field) => (i) => rows[i]?.[field],
    asOf: frame.asOf,
    timeZone: TIME_ZONE,
    entered: 'reached.mql',
    rates: [
      {
        id: 'sal-to-won',
        of: { field: 'reached.sal', present: true },
        to: {
          all: [
            { field: 'reached.sal', present: true },
            { field: 'reached.won', present: true },
          ],
        },
      },
    ],
  }).impact;
}

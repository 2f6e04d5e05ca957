import { createMemoryDesk, type MemoryDeskOptions } from '../desk/index.ts';
import type { CommandOutcome, DataSource, LeadCard, Rights } from '../contracts/index.ts';
import { OWNER_RIGHTS } from '../contracts/index.ts';
import { LEAD_TO_WON } from '../definitions/index.ts';
import { STARTING_LEXICON } from '../glossary/lexicon/index.ts';
import type { HandoffAction, HandoffActor } from '../handoff/index.ts';
import { minutes, OFFICE, STAFF } from './handoff-desk.ts';

/** Cards of three people: one complete, one bare, one of the north. */
export const CARDS: readonly LeadCard[] = [
  {
    id: 'P1',
    name: 'Ines Calloway',
    role: 'Operations director',
    email: 'ines@brightwater.example',
    consent: 'given',
    timeZone: 'Europe/Lisbon',
    company: { name: 'Brightwater Foods', size: 350, openOpportunities: 0, otherPeople: 2 },
    quote: 'Can you show one running with crates?',
    reasons: [{ text: 'Demo request', points: 39.1 }],
    touches: [
      { what: 'Demo form', at: '2026-05-31T15:00:00Z' },
      { what: 'Pricing page', at: '2026-05-30' },
    ],
    attributes: { region: 'south' },
  },
  { id: 'P2', attributes: { region: 'south' } },
  { id: 'P3', name: 'Åsa Lind', company: { name: 'Norrvik Paper' }, attributes: { region: 'north' } },
];

/** A desk with a clock that is set by hand, and what is done at it in few words. */
export function seatedDesk(more: Partial<MemoryDeskOptions> = {}) {
  let minute = 0;
  let commands = 0;
  const at = (): string => minutes(minute);
  const made = createMemoryDesk({
    staff: STAFF,
    calendars: { teams: { sales: OFFICE, marketing: OFFICE }, lead: OFFICE },
    lead: (id) => CARDS.find((card) => card.id === id),
    glossary: STARTING_LEXICON,
    now: at,
    ...more,
  });
  const source = (reader: HandoffActor, rights: Rights = OWNER_RIGHTS): DataSource => {
    const { context, ledger } = made.sit({ reader, rights, definitions: [LEAD_TO_WON], timeZone: 'UTC' });
    return { query: (question) => made.engine.answer(question, context()), ...ledger };
  };
  const give = (
    target: string,
    by: HandoffActor,
    action: HandoffAction | { type: string; payload: Record<string, unknown> },
    command: { commandId?: string; expectedVersion?: number } = {},
    rights: Rights = OWNER_RIGHTS,
  ): Promise<CommandOutcome> => {
    commands += 1;
    const { type, payload } = action;
    const expectedVersion =
      (type.startsWith('term.') ? made.desk.term(target)?.state.version : made.desk.log(target).length) ?? 0;
    return source(by, rights).command({
      v: 1,
      commandId: `c${commands}`,
      expectedVersion,
      target,
      type,
      payload,
      ...command,
    });
  };
  return { ...made, source, give, at, wait: (n: number): void => void (minute += n) };
}

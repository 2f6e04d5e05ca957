import type { Command } from '../contracts/index.ts';
import {
  createHandoffBook,
  decideHandoff,
  readHandoffPolicy,
  type HandoffAction,
  type HandoffActor,
  type HandoffContext,
  type HandoffDecision,
  type HandoffEvent,
  type HandoffPolicy,
  type HandoffStatus,
  type Role,
  type Staff,
} from '../handoff/index.ts';
import { compileCalendar, MINUTE_MS } from '../time/index.ts';

const DAY: [string, string][] = [['09:00', '17:00']];
/** Monday to Friday, nine to five, UTC. */
export const OFFICE = compileCalendar({ timeZone: 'UTC', week: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY } });

/** A Monday, 09:00. */
export const MONDAY = Date.parse('2026-06-01T09:00:00Z');
export const minutes = (n: number): string => new Date(MONDAY + n * MINUTE_MS).toISOString();

export const STAFF: Staff = {
  sellers: [{ id: 'dana', name: 'Dana' }, { id: 'eli', cap: 2 }, { id: 'flo' }, { id: 'gus', active: false }],
  pools: [{ id: 'smb', name: 'Small business', sellers: [{ id: 'dana' }, { id: 'eli' }] }],
};

const TEAM: Readonly<Record<Role, string>> = {
  marketing: 'marketing',
  seller: 'sales',
  manager: 'sales',
  ops: 'ops',
  system: 'system',
};
export const actor = (role: Role, id: string = role): HandoffActor => ({ id, name: id, team: TEAM[role], role });

/** A ledger of hand-offs for tests: each call is a command at a minute after Monday, nine o'clock. */
export function desk(policy?: HandoffPolicy) {
  const log: HandoffEvent[] = [];
  const book = createHandoffBook();
  let [minute, commands] = [0, 0];
  const context = (by: HandoffActor, more: Partial<HandoffContext> = {}): HandoffContext => ({
    by,
    at: minutes(minute),
    policy: readHandoffPolicy(policy),
    staff: STAFF,
    others: book,
    lead: { read: () => 'known', attempts: 5 },
    calendars: { teams: { sales: OFFICE, marketing: OFFICE } },
    ...more,
  });
  const of = (id: string): HandoffEvent[] => log.filter((e) => e.target === id);
  const give = (
    id: string,
    by: HandoffActor,
    action: HandoffAction,
    more: { command?: Partial<Command>; context?: Partial<HandoffContext> } = {},
  ): HandoffDecision => {
    commands += 1;
    const command: Command = {
      v: 1,
      commandId: `c${commands}`,
      expectedVersion: of(id).length,
      target: id,
      type: action.type,
      payload: action.payload,
      ...more.command,
    };
    const decision = decideHandoff(of(id), command, context(by, more.context));
    if (decision.status === 'done' && decision.event !== undefined) {
      log.push(decision.event);
      book.add(decision.event);
    }
    return decision;
  };
  return {
    log,
    book,
    of,
    give,
    wait: (n: number): void => void (minute += n),
    at: (): string => minutes(minute),
    now: (id = 'H1') => book.get(id),
  };
}
export type Desk = ReturnType<typeof desk>;

/** What is said to whoever is refused; otherwise what became of the command. */
export const said = (decision: HandoffDecision): string =>
  decision.status === 'refused' ? decision.message : decision.status;

export const MARKETING = actor('marketing', 'mia');
export const SYSTEM = actor('system');
export const MANAGER = actor('manager', 'max');
export const OPS = actor('ops', 'olu');
export const DANA = actor('seller', 'dana');
export const ELI = actor('seller', 'eli');

/** One action of each kind that is allowed when nothing speaks against it. */
export const ACTIONS = {
  draft: { type: 'handoff.draft', payload: { personId: 'P1', rating: 'A1' } },
  reenter: { type: 'handoff.reenter', payload: { previous: 'H1', personId: 'P1', cycle: 2 } },
  offer: { type: 'handoff.offer', payload: { pool: 'smb' } },
  accept: { type: 'handoff.accept', payload: {} },
  return: { type: 'handoff.return', payload: { missing: [{ element: 'missing.phone' }] } },
  resubmit: { type: 'handoff.resubmit', payload: { answers: [{ element: 'missing.phone', answer: 'completed' }] } },
  timeout: { type: 'handoff.timeout', payload: {} },
  reassign: { type: 'handoff.reassign', payload: { seller: 'flo' } },
  logResponse: { type: 'handoff.logResponse', payload: { activity: 'call', direction: 'out', by: 'human' } },
  qualify: { type: 'handoff.qualify', payload: {} },
  recycle: { type: 'handoff.recycle', payload: { reason: 'timing.later', reviewOn: '2026-09-01' } },
  disqualify: { type: 'handoff.disqualify', payload: { reason: 'fit.size' } },
  withdraw: { type: 'handoff.withdraw', payload: { reason: 'sent by mistake' } },
  merge: { type: 'handoff.merge', payload: { survivor: 'H0' } },
  release: { type: 'handoff.release', payload: { reason: 'too much to do' } },
  undo: { type: 'handoff.undo', payload: {} },
  pause: { type: 'handoff.pause', payload: { reason: 'legalHold' } },
  resume: { type: 'handoff.resume', payload: {} },
  review: { type: 'handoff.review', payload: {} },
  note: { type: 'handoff.note', payload: { text: 'prefers the morning' } },
} as const satisfies Record<string, HandoffAction>;

/** Brings a hand-off into a state by the shortest way. */
export function reach(status: HandoffStatus, made: Desk = desk(), id = 'H1'): Desk {
  const { give, wait } = made;
  const must = (by: HandoffActor, action: HandoffAction): void => {
    wait(1);
    const decision = give(id, by, action);
    if (decision.status !== 'done') throw new Error(`${action.type}: ${said(decision)}`);
  };
  must(MARKETING, ACTIONS.draft);
  if (status === 'draft') return made;
  if (status === 'withdrawn') must(MARKETING, ACTIONS.withdraw);
  else must(MARKETING, ACTIONS.offer);
  if (status === 'offered' || status === 'withdrawn') return made;
  if (status === 'expired') {
    wait(60);
    must(SYSTEM, ACTIONS.timeout);
    return made;
  }
  must(DANA, ACTIONS.accept);
  if (status === 'working') must(DANA, ACTIONS.logResponse);
  else if (status === 'returned') must(DANA, ACTIONS.return);
  else if (status === 'qualified') must(DANA, ACTIONS.qualify);
  else if (status === 'recycled') must(DANA, ACTIONS.recycle);
  else if (status === 'disqualified') must(DANA, ACTIONS.disqualify);
  else if (status === 'merged') {
    give('H0', MARKETING, { type: 'handoff.draft', payload: { personId: 'P0' } });
    must(SYSTEM, ACTIONS.merge);
  }
  return made;
}

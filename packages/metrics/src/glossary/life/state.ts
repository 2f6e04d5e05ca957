import type { ImpactOrReason, TermDefinition, TermEvent } from '../../contracts/index.ts';
import type { LedgerState, Signed } from '../../ledger/index.ts';
import { APPROVERS, isAgreed, type Approver } from '../current.ts';

/** What each team has said, where it has. @public */
export type ByTeam = Readonly<Partial<Record<Approver, Signed>>>;

/** A version both teams approved. @public */
export interface AgreedVersion {
  term: TermDefinition;
  approvals: ByTeam;
  /** When the second team approved. */
  agreedAt: string;
  /** From when on it is in force. */
  from: string;
  /** When each team last said that it holds; at first its approval. */
  confirmed: ByTeam;
}

/** A text that is not agreed yet. @public */
export interface OpenVersion {
  term: TermDefinition;
  stage: 'draft' | 'proposed';
  /** Who wrote it last. Nothing follows for the approval of that team. */
  written: Signed | null;
  reason?: string | undefined;
  impact?: ImpactOrReason | undefined;
  effectiveFrom?: string | undefined;
  approvals: ByTeam;
  /** Why it was sent back; kept until it is proposed again. */
  rejection?: Signed & { comment: string };
}

/** A wish to give a term up; it is done once both teams have it. @public */
export interface Retirement {
  teams: ByTeam;
  reason: string;
  replacedBy?: string;
}

/** Everything that is known of one term. @public */
export interface TermState extends LedgerState {
  key: string;
  /** In the order of agreement. */
  agreed: readonly AgreedVersion[];
  open: OpenVersion | null;
  retirement: Retirement | null;
  /** Set once the term is given up for good. */
  deprecated: (Signed & { reason: string; replacedBy?: string }) | null;
}

/**
 * The state of a term before its first event.
 *
 * @param base the term as a file or the package has it: agreed when both teams have signed it there, else proposed.
 * @public
 */
export function initialTerm(key: string, base?: TermDefinition): TermState {
  const empty: TermState = { key, version: 0, agreed: [], open: null, retirement: null, deprecated: null, last: null };
  if (base === undefined) return empty;
  const approvals = Object.fromEntries(
    (base.agreedBy ?? []).map(({ team, by, at }) => [team, { by: { id: by, name: by, team }, at }]),
  );
  if (!isAgreed(base)) return { ...empty, open: { term: base, stage: 'proposed', written: null, approvals } };
  const agreedAt = latest(approvals);
  return { ...empty, agreed: [{ term: base, approvals, agreedAt, from: agreedAt, confirmed: approvals }] };
}

/** The later of the teams' instants. */
function latest(signed: ByTeam): string {
  return APPROVERS.flatMap((team) => signed[team]?.at ?? []).reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a));
}

/** The state after an event. Pure; the event is one that `decideTerm` accepted. @public */
export function applyTermEvent(state: TermState, event: TermEvent): TermState {
  const signed: Signed = { by: event.by, at: event.at };
  const next: TermState = { ...state, version: event.version, last: signed };
  const { action } = event;
  switch (action.type) {
    case 'term.draft':
      return { ...next, open: { term: action.payload.term, stage: 'draft', written: signed, approvals: {} } };
    case 'term.propose': {
      const { term, ...rest } = action.payload;
      return { ...next, open: { term, stage: 'proposed', written: signed, approvals: {}, ...rest } };
    }
    case 'term.approve':
      return approved(next, signed);
    case 'term.reject':
      return back(next, { rejection: { ...signed, comment: action.payload.comment } });
    case 'term.withdraw':
      return back(next, {});
    case 'term.confirm':
      return confirmed(next, signed);
    case 'term.deprecate':
      return retired(next, signed, action.payload);
  }
}

const with1 = (teams: ByTeam, signed: Signed): ByTeam => ({ ...teams, [signed.by.team]: signed });
const both = (teams: ByTeam): boolean => APPROVERS.every((team) => teams[team] !== undefined);

function approved(state: TermState, signed: Signed): TermState {
  const { open } = state;
  if (open === null) return state;
  const approvals = with1(open.approvals, signed);
  if (!both(approvals)) return { ...state, open: { ...open, approvals } };
  const wished = open.effectiveFrom;
  // Nothing is in force before both have agreed to it.
  const from = wished !== undefined && Date.parse(wished) > Date.parse(signed.at) ? wished : signed.at;
  const agreed: AgreedVersion = { term: open.term, approvals, agreedAt: signed.at, from, confirmed: approvals };
  return { ...state, agreed: [...state.agreed, agreed], open: null };
}

function back(state: TermState, more: Pick<OpenVersion, 'rejection'>): TermState {
  if (state.open === null) return state;
  return { ...state, open: { ...state.open, stage: 'draft', approvals: {}, ...more } };
}

function confirmed(state: TermState, signed: Signed): TermState {
  const current = state.agreed.at(-1);
  if (current === undefined) return state;
  const renewed = { ...current, confirmed: with1(current.confirmed, signed) };
  return { ...state, agreed: [...state.agreed.slice(0, -1), renewed], retirement: null };
}

function retired(
  state: TermState,
  signed: Signed,
  wish: { reason: string; replacedBy?: string | undefined },
): TermState {
  const replaced = wish.replacedBy === undefined ? {} : { replacedBy: wish.replacedBy };
  const teams = with1(state.retirement?.teams ?? {}, signed);
  // What was never agreed binds nobody, so one team may give it up.
  if (state.agreed.length > 0 && !both(teams))
    return { ...state, retirement: { teams, reason: wish.reason, ...replaced } };
  return { ...state, open: null, retirement: null, deprecated: { ...signed, reason: wish.reason, ...replaced } };
}

/** The state of a term after its log, oldest event first. @public */
export function replayTerm(key: string, log: readonly TermEvent[], base?: TermDefinition): TermState {
  return log.reduce(applyTermEvent, initialTerm(key, base));
}

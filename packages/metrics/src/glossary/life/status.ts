import type { Agreement, TermDefinition } from '../../contracts/index.ts';
import type * as z from 'zod/mini';
import { changeBetween, type Change } from '../../definitions/version.ts';
import { DAY_MS } from '../../time/duration.ts';
import { APPROVERS, type Approver } from '../current.ts';
import type { AgreedVersion, ByTeam, OpenVersion, TermState } from './state.ts';

/** Elapsed days after which a term that a team has not confirmed is stale. @public */
export const STALE_AFTER_DAYS = 180;

/** How a term stands, from a draft to its end. @public */
export type TermStatus =
  | 'draft'
  | 'proposed'
  | 'agreed-by-marketing'
  | 'agreed-by-sales'
  | 'agreed'
  | 'stale'
  | 'deprecated';

/** How a term stands at an instant. @public */
export interface TermStanding {
  /** Of the version in force or about to be; without one, of the open text. */
  status: TermStatus;
  /** What both teams mean by the word now, with their agreement; null when nothing is in force. */
  inForce: TermDefinition | null;
  /** Agreed and to come into force later. */
  coming?: { term: TermDefinition; from: string };
  /** A text that waits beside the version in force, or alone. */
  next?: { version: string; status: 'draft' | 'proposed' | 'agreed-by-marketing' | 'agreed-by-sales' };
  /** From when on the version in force is stale, past or to come. */
  staleFrom?: string;
  /** Teams whose word is due: on the open proposal, else on what is stale or to be given up. */
  waitsFor: readonly Approver[];
}

/**
 * The version in force at an instant: of those that had come into force by then the last one agreed. A
 * metric stores its version, so that a reader knows what the word meant.
 * @public
 */
export function versionInForce(state: TermState, at: number): AgreedVersion | null {
  return state.agreed.findLast((v) => Date.parse(v.from) <= at) ?? null;
}

/**
 * How a term stands.
 *
 * `stale` holds once more than 180 elapsed days have passed since either team last confirmed the version in
 * force; approval is the first confirmation. A deprecated term keeps its last version for what was
 * counted by it.
 *
 * @param asOf milliseconds.
 * @public
 */
export function termStanding(state: TermState, asOf: number): TermStanding {
  const current = versionInForce(state, asOf);
  const latest = state.agreed.at(-1);
  const ahead = latest !== undefined && latest !== current ? latest : null;
  // Who approved what is to come has also looked at what is there.
  const confirmed = current === null ? null : (latest ?? current).confirmed;
  const dueOf = (team: Approver): number => Date.parse(confirmed?.[team]?.at ?? '') + STALE_AFTER_DAYS * DAY_MS;
  const due = confirmed === null ? null : Math.min(...APPROVERS.map(dueOf));
  const stale = due !== null && asOf > due;
  const missing = (teams: ByTeam): Approver[] => APPROVERS.filter((team) => teams[team] === undefined);
  const waiting = (): Approver[] => {
    if (state.deprecated !== null) return [];
    if (state.open?.stage === 'proposed') return missing(state.open.approvals);
    if (state.retirement !== null) return missing(state.retirement.teams);
    return stale ? APPROVERS.filter((team) => asOf > dueOf(team)) : [];
  };
  const open = state.open === null ? null : openStatus(state.open);
  const agreed = stale ? 'stale' : 'agreed';
  return {
    status: state.deprecated !== null ? 'deprecated' : current !== null || ahead !== null ? agreed : (open ?? 'draft'),
    inForce: current === null ? null : agreedTerm(current),
    ...(ahead === null ? {} : { coming: { term: agreedTerm(ahead), from: ahead.from } }),
    ...(state.open === null || open === null ? {} : { next: { version: state.open.term.version, status: open } }),
    ...(due === null ? {} : { staleFrom: new Date(due).toISOString() }),
    waitsFor: waiting(),
  };
}

function openStatus(open: OpenVersion): NonNullable<TermStanding['next']>['status'] {
  if (open.stage === 'draft') return 'draft';
  if (open.approvals.marketing !== undefined) return 'agreed-by-marketing';
  return open.approvals.sales !== undefined ? 'agreed-by-sales' : 'proposed';
}

/** A term as its definition, with the agreement of both teams. */
function agreedTerm({ term, approvals }: AgreedVersion): TermDefinition {
  const agreedBy: z.infer<typeof Agreement>[] = APPROVERS.flatMap((team) => {
    const signed = approvals[team];
    return signed === undefined ? [] : [{ team, by: signed.by.name, at: signed.at }];
  });
  return { ...term, agreedBy };
}

/** A moment at which another version came into force. @public */
export interface VersionBreak {
  at: string;
  from: string;
  to: string;
  change: Change;
}

/**
 * The breaks in `[from, to)`: where a chart over that time draws a mark, since numbers before and after
 * rest on different versions. Only a `major` one changes what is counted.
 * @public
 */
export function versionBreaks(state: TermState, from: number, to: number): VersionBreak[] {
  const moments = state.agreed.map((v) => v.from).toSorted((a, b) => Date.parse(a) - Date.parse(b));
  return moments.flatMap((at) => {
    const ms = Date.parse(at);
    const [before, after] = [versionInForce(state, ms - 1), versionInForce(state, ms)];
    if (ms < from || ms >= to || before === null || after === null) return [];
    const change = changeBetween(before.term.version, after.term.version);
    return change === null ? [] : [{ at, from: before.term.version, to: after.term.version, change }];
  });
}

import type { Actor } from '../../contracts/command.ts';
import type { Rating } from '../../contracts/score-fields.ts';
import type { LedgerState, Signed } from '../../ledger/index.ts';
import type { HandoffAction, HandoffStatus, Missing } from '../contracts/index.ts';
import type { Clocks, Standstill } from './clocks.ts';

/** A stretch in which the clocks stand still for a reason that lies outside. @beta */
export interface Hold extends Standstill {
  reason: 'legalHold' | 'leadAsked';
}

/** Why a hand-off ended, and by whom. @beta */
export interface Outcome extends Signed {
  /** A code of a list, the words of a withdrawal, `survivor` or `qualified`. */
  reason: string;
  text: string | null;
  /** When marketing looks again, and what brings the lead back before. */
  reviewOn: string | null;
  reentry: string | null;
  /** The hand-off that goes on in its place. */
  survivor: string | null;
}

/** Everything that is known of a hand-off at one moment. Instants are ISO texts. @beta */
export interface Handoff {
  status: HandoffStatus;
  personId: string;
  accountId: string | null;
  rating: Rating | null;
  source: string | null;
  campaignId: string | null;
  /** 1, then one more each time the lead comes back. */
  cycle: number;
  previous: string | null;
  /** Offers marketing has made of it: 1, then one more with each resubmission. */
  attempt: number;
  /** Sellers it was with: 1, then one more with each reassignment. */
  ownerAttempt: number;
  pool: string | null;
  /** The seller it is offered to or was accepted by. */
  seller: string | null;
  /** Who answers for it in marketing: whoever prepared it. */
  preparedBy: Actor;
  inquiryAt: string;
  offeredAt: string | null;
  acceptedAt: string | null;
  respondedAt: string | null;
  /** What marketing must complete or has answered last. */
  missing: readonly Missing[];
  returns: number;
  /** Sellers who gave it back to the pool. */
  releasedBy: readonly string[];
  clocks: Clocks;
  holds: readonly Hold[];
  outcome: Outcome | null;
}

/** A hand-off with its place in the log. @beta */
export interface HandoffState extends LedgerState {
  id: string;
  /** Null before the first event. */
  now: Handoff | null;
  /** What an undo goes back to; null where nothing can be taken back. */
  before: Handoff | null;
  /** The last event that was done. */
  lastType: HandoffAction['type'] | null;
}

/** The state of a hand-off before its first event. @beta */
export function initialHandoff(id: string): HandoffState {
  return { id, version: 0, last: null, now: null, before: null, lastType: null };
}

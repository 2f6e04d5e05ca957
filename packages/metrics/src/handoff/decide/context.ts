import type { Scalar } from '../../contracts/primitives.ts';
import type { HandoffActor, Staff, Via } from '../contracts/index.ts';
import type { Handoff } from '../machine/state.ts';
import type { PreparedPolicy } from '../policy.ts';
import type { Calendars } from '../sla/reading.ts';

/** The other hand-offs, as far as rules reach beyond one. A `HandoffBook` is one. @beta */
export interface HandoffLookup {
  get(id: string): Handoff | undefined;
  /** The open hand-offs of a person, whatever record they are known by. */
  openOf(personId: string): readonly string[];
  /** The hand-off of a person that was offered last, and was neither withdrawn nor merged. */
  latestOf(personId: string): string | undefined;
  /** How many hand-offs a seller has in hand: accepted, working, or offered to that seller. */
  load(sellerId: string): number;
}

/** Why a person is not to be offered. @beta */
export type Suppression = 'customer' | 'competitor' | 'opt-out';

/** What records say of the lead. It stays beside the log, since it may have to be forgotten. @beta */
export interface LeadFacts {
  /** A field as the criteria language names it; undefined and null both mean missing. */
  read: (field: string) => Scalar | undefined;
  suppressedBy?: Suppression;
  /** Outbound human activities logged so far. */
  attempts?: number;
}

/** Who commands, when, and what is there beside the log of the hand-off. @beta */
export interface HandoffContext {
  /** From the token. */
  by: HandoffActor;
  /** From the clock: an ISO instant. */
  at: string;
  /** For the audit: the zone of whoever acts, and what the command came by. */
  zone?: string;
  via?: Via;
  policy: PreparedPolicy;
  staff: Staff;
  others: HandoffLookup;
  /** Needed to offer and to qualify, and to recycle as unreachable. */
  lead?: LeadFacts;
  /** Needed for a timeout. */
  calendars?: Calendars;
  /** What has happened since the last event that cannot be taken back: `mail sent`. */
  irreversible?: string;
}

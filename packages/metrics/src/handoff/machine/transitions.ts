import type { ClockKey, HandoffAction, HandoffStatus, Role } from '../contracts/index.ts';

/** What may follow what, and what it does to the clocks. @beta */
export interface Transition {
  /** States it may come from. Empty for what makes a hand-off. */
  from: readonly HandoffStatus[];
  /** Null where the state stays or, with `undo`, is the one before. */
  to: HandoffStatus | null;
  actors: readonly Role[];
  /** A running clock goes on, and restarts only for a new owner. */
  starts?: readonly ClockKey[];
  stops?: readonly ClockKey[];
  pauses?: readonly ClockKey[];
  resumes?: readonly ClockKey[];
  /** What a host has to make known. */
  emits?: readonly string[];
}

/** In these a hand-off waits for somebody. @beta */
export const OPEN: readonly HandoffStatus[] = ['offered', 'accepted', 'working', 'returned', 'expired'];
/** In these it is at its end. @beta */
export const TERMINAL: readonly HandoffStatus[] = ['qualified', 'recycled', 'disqualified', 'withdrawn', 'merged'];

/** In the order of the way. */
export const ALL_CLOCKS: readonly ClockKey[] = [
  'systemLatency',
  'acceptance',
  'firstResponse',
  'disposition',
  'marketingFix',
  'recycleReview',
];
const EVERYBODY: readonly Role[] = ['marketing', 'seller', 'manager', 'ops', 'system'];

/**
 * The state machine of hand-offs: `draft → offered → accepted → working → qualified` and what else may happen.
 * @beta
 */
export const TRANSITIONS: Readonly<Record<HandoffAction['type'], Transition>> = {
  'handoff.draft': { from: [], to: 'draft', actors: ['marketing', 'system', 'ops'], starts: ['systemLatency'] },
  'handoff.reenter': { from: [], to: 'draft', actors: ['system', 'marketing'], starts: ['systemLatency'] },
  'handoff.offer': {
    from: ['draft'],
    to: 'offered',
    actors: ['marketing', 'system'],
    starts: ['acceptance'],
    stops: ['systemLatency'],
  },
  'handoff.accept': {
    from: ['offered', 'expired'],
    to: 'accepted',
    actors: ['seller'],
    starts: ['firstResponse', 'disposition'],
    stops: ['acceptance'],
  },
  'handoff.return': {
    from: ['offered', 'expired', 'accepted', 'working'],
    to: 'returned',
    actors: ['seller'],
    starts: ['marketingFix'],
    stops: ['acceptance', 'firstResponse'],
    pauses: ['disposition'],
  },
  'handoff.resubmit': {
    from: ['returned'],
    to: 'offered',
    actors: ['marketing'],
    starts: ['acceptance'],
    stops: ['marketingFix'],
    resumes: ['disposition'],
  },
  'handoff.timeout': {
    from: ['offered'],
    to: 'expired',
    actors: ['system'],
    emits: ['sla.breached', 'escalate level 1'],
  },
  'handoff.reassign': {
    from: ['expired', 'offered'],
    to: 'offered',
    actors: ['system', 'manager'],
    starts: ['acceptance'],
  },
  'handoff.logResponse': { from: ['accepted'], to: 'working', actors: ['seller', 'system'], stops: ['firstResponse'] },
  'handoff.qualify': {
    from: ['accepted', 'working'],
    to: 'qualified',
    actors: ['seller'],
    stops: ['disposition', 'firstResponse'],
    emits: ['stage sql'],
  },
  'handoff.recycle': {
    from: ['accepted', 'working', 'offered', 'expired'],
    to: 'recycled',
    actors: ['seller', 'manager'],
    stops: ALL_CLOCKS,
    starts: ['recycleReview'],
  },
  'handoff.disqualify': {
    from: ['accepted', 'working', 'offered', 'expired', 'returned'],
    to: 'disqualified',
    actors: ['seller', 'manager', 'marketing'],
    stops: ALL_CLOCKS,
  },
  'handoff.withdraw': {
    from: ['draft', 'offered', 'expired', 'returned'],
    to: 'withdrawn',
    actors: ['marketing'],
    stops: ALL_CLOCKS,
  },
  'handoff.merge': { from: OPEN, to: 'merged', actors: ['system', 'ops'], stops: ALL_CLOCKS },
  'handoff.release': {
    from: ['accepted', 'working'],
    to: 'offered',
    actors: ['seller', 'manager'],
    starts: ['acceptance'],
  },
  'handoff.undo': { from: ['draft', ...OPEN, ...TERMINAL], to: null, actors: EVERYBODY },
  'handoff.pause': { from: OPEN, to: null, actors: ['seller', 'manager', 'ops'] },
  'handoff.resume': { from: OPEN, to: null, actors: ['seller', 'manager', 'ops'] },
  'handoff.review': { from: ['recycled'], to: null, actors: ['marketing', 'system'], stops: ['recycleReview'] },
  'handoff.note': { from: ['draft', ...OPEN, ...TERMINAL], to: null, actors: EVERYBODY },
};

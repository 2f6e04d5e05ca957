import type { Rating } from '../contracts/score-fields.ts';
import { readInput } from '../read-input.ts';
import {
  HandoffPolicy,
  type ClockKey,
  type ClockRule,
  type EscalationStep,
  type ReasonList,
  type Target,
} from './contracts/index.ts';
import { DISQUALIFY_REASONS, RECYCLE_REASONS, RETURN_REASONS } from './reasons.ts';

/** What a policy says where it says nothing. */
const CLOCKS: Readonly<Record<ClockKey, ClockRule>> = {
  systemLatency: { target: { elapsed: { minutes: 5 } } },
  acceptance: {
    target: { business: { hours: 4 } },
    lanes: [
      { ratings: ['A1', 'A2', 'B1'], target: { business: { minutes: 60 } } },
      { ratings: ['D1', 'D2', 'D3', 'D4', 'A4', 'B4', 'C4'], target: { business: { days: 1 } } },
    ],
  },
  firstResponse: {
    target: { business: { days: 1 } },
    lanes: [{ ratings: ['A1'], target: { business: { minutes: 15 } } }],
  },
  disposition: { target: { business: { days: 10 } } },
  marketingFix: { target: { business: { days: 2 } } },
  recycleReview: { target: { elapsed: { days: 90 } } },
};

const LADDER: readonly EscalationStep[] = [
  { percent: 50, does: 'nudge' },
  { percent: 75, does: 'atRisk' },
  { percent: 100, does: 'breach' },
  { percent: 150, does: 'reassign' },
  { percent: 200, does: 'heads', clock: 'handoff' },
];

/** The policy of a company that has agreed on none yet. @beta */
export const DEFAULT_POLICY: HandoffPolicy = {
  kind: 'sla',
  id: 'handoff',
  version: '1.0.0',
  owners: ['both'],
};

/** A policy with its defaults filled in. @beta */
export interface PreparedPolicy {
  id: string;
  version: string;
  clocks: Readonly<Record<ClockKey, ClockRule>>;
  firstResponseFrom: 'accepted' | 'offered';
  calendars: readonly ('owner' | 'team' | 'lead')[];
  escalation: readonly EscalationStep[];
  required: readonly string[];
  qualified: NonNullable<HandoffPolicy['qualified']>;
  attempts: number;
  coolingOff: NonNullable<HandoffPolicy['coolingOff']>;
  undoWithin: NonNullable<HandoffPolicy['undoWithin']>;
  fallbackPool: string | null;
  reasons: Readonly<Record<'return' | 'recycle' | 'disqualify', ReasonList>>;
}

/**
 * Reads what the teams agreed on and fills in the defaults: of a hot lead (A1, A2, B1) acceptance in 60 open minutes,
 * of a low one (D, or level 4) in a business day, of others in 4 open hours; first response in 15 open minutes (A1) or
 * a business day; disposition in 10 business days, completion by marketing in 2; review after 90 days.
 *
 * @throws InputError naming the field of a policy that cannot be used.
 * @beta
 */
export function readHandoffPolicy(input: HandoffPolicy = DEFAULT_POLICY): PreparedPolicy {
  const policy = readInput(HandoffPolicy, input, 'policy');
  const { reasons = {} } = policy;
  return {
    id: policy.id,
    version: policy.version,
    clocks: { ...CLOCKS, ...policy.clocks },
    firstResponseFrom: policy.firstResponseFrom ?? 'accepted',
    calendars: policy.calendars ?? ['owner', 'team', 'lead'],
    escalation: [...(policy.escalation ?? LADDER)].sort((a, b) => a.percent - b.percent),
    required: policy.required ?? [],
    qualified: policy.qualified ?? {},
    attempts: policy.attempts ?? 5,
    coolingOff: policy.coolingOff ?? { days: 30 },
    undoWithin: policy.undoWithin ?? { minutes: 15 },
    fallbackPool: policy.fallbackPool ?? null,
    reasons: {
      return: reasons.return ?? RETURN_REASONS,
      recycle: reasons.recycle ?? RECYCLE_REASONS,
      disqualify: reasons.disqualify ?? DISQUALIFY_REASONS,
    },
  };
}

/** The target of a clock for a rating and a pool. */
export function targetOf(
  policy: PreparedPolicy,
  key: ClockKey,
  { rating, pool }: { rating: Rating | null; pool: string | null },
): Target {
  const { target, lanes = [] } = policy.clocks[key];
  const fits = <T>(list: readonly T[] | undefined, one: T | null): boolean =>
    list === undefined || (one !== null && list.includes(one));
  return lanes.find(({ ratings, pools }) => fits(ratings, rating) && fits(pools, pool))?.target ?? target;
}

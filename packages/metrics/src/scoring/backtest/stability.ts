import { InputError } from '../../errors.ts';
import type { Rate } from '../../contracts/index.ts';
import { rate } from '../../funnel/stages.ts';
import { newcombe, populationStability, type Difference } from '../../stats/index.ts';
import { zone } from '../../time/index.ts';
import { instantOf } from '../moment.ts';
import type { PastLead } from './contracts.ts';
import { ranked, winsOf, type Value } from './past-leads.ts';
import { auc, cutByRank } from './ranking.ts';
import { atThreshold, type ThresholdPoint } from './thresholds.ts';

/** What a threshold brought in one quarter. @beta */
export interface QuarterResult {
  /** `2026-Q1`, by the calendar of the time zone. */
  quarter: string;
  n: number;
  /** The share won. */
  rate: Rate;
  auc: Value;
  at: ThresholdPoint;
  /** The stability index of the scores against those of the first quarter; above 0.2 they have shifted. Null in the first. */
  shift: number | null;
}

/**
 * The same figures quarter by quarter: a model that ages loses AUC, one that is fed otherwise shifts its
 * scores. The classes of the index are the deciles of the first quarter.
 *
 * @param timeZone default `UTC`.
 * @throws InputError for a lead without `at`, and for leads as `auc` does.
 * @beta
 */
export function stability(leads: readonly PastLead[], threshold: number, timeZone = 'UTC'): QuarterResult[] {
  const quarters = new Map<string, PastLead[]>();
  leads.forEach((lead, i) => {
    if (lead.at === undefined) {
      throw new InputError(`leads.${i}.at`, 'is missing', 'say when the lead was scored, or leave stability out');
    }
    const day = zone(timeZone).dayOf(instantOf(lead.at, timeZone, `leads.${i}.at`));
    const quarter = `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
    quarters.set(quarter, [...(quarters.get(quarter) ?? []), lead]);
  });
  const inOrder = [...quarters].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const first = inOrder[0]?.[1] ?? [];
  const edges = cutByRank(ranked(first), 10).flatMap((group) => group.at(-1)?.score ?? []);
  return inOrder.map(([quarter, members], i) => ({
    quarter,
    n: members.length,
    rate: rate(winsOf(members), members.length),
    auc: auc(members),
    at: atThreshold(members, threshold),
    shift: i === 0 ? null : populationStability(classesOf(first, edges), classesOf(members, edges)),
  }));
}

/** Counts of scores from each edge up to the one above; what lies below all joins the last. */
function classesOf(leads: readonly PastLead[], edges: readonly number[]): number[] {
  const counts = edges.map(() => 0);
  for (const { score } of leads) {
    const found = edges.findIndex((edge) => score >= edge);
    const at = found === -1 ? edges.length - 1 : found;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** What a threshold brought in one segment. @beta */
export interface SegmentResult {
  segment: string;
  n: number;
  /** The share won of all in the segment. */
  rate: Rate;
  /** The share from the threshold on. */
  selected: Rate;
  at: ThresholdPoint;
  /** Recall here minus recall elsewhere, with Newcombe's interval: below 0 the threshold passes over more of its good leads. Null where either is undefined. */
  recallGap: Difference | null;
}

/**
 * The same threshold in each segment: whom it passes over. Leads without a segment count as `none`;
 * segments stand in the order of their names.
 *
 * @throws InputError as `atThreshold` does.
 * @beta
 */
export function biasBySegment(leads: readonly PastLead[], threshold: number): SegmentResult[] {
  const all = atThreshold(leads, threshold);
  const names = [...new Set(leads.map(({ segment = NONE }) => segment))].toSorted();
  return names.map((name) => {
    const members = leads.filter(({ segment = NONE }) => segment === name);
    const at = atThreshold(members, threshold);
    return {
      segment: name,
      n: members.length,
      rate: rate(winsOf(members), members.length),
      selected: rate(at.volume, members.length),
      at,
      recallGap: newcombe(at.tp, at.tp + at.fn, all.tp - at.tp, all.tp + all.fn - at.tp - at.fn),
    };
  });
}

const NONE = 'none';

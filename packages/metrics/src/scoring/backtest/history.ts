import type { Duration } from '../../contracts/index.ts';
import { InputError } from '../../errors.ts';
import { quantile } from '../../stats/index.ts';
import { durationMs } from '../../time/duration.ts';
import type { ScoringModel } from '../contracts.ts';
import { engagementOf } from '../engagement.ts';
import { fitOf } from '../fit.ts';
import { happened, instantOf } from '../moment.ts';
import { personModel, rated, readyLead } from '../score.ts';
import type { LeadHistory, PastLead, ScoredLead } from './contracts.ts';

/** How the past is scored. @beta */
export interface ScorePastOptions {
  /** Which of the two scores is tested; they are never blended. */
  axis: 'fit' | 'engagement';
  /** Default: `UTC`. */
  timeZone?: string | undefined;
}

/** Past leads with the scores they had when they were handed over. @beta */
export interface ScoredPast {
  leads: ScoredLead[];
  /** Activities after the hand-off, which no score has seen. */
  activitiesAfter: number;
  /** Leads whose facts do not say when they were read: nothing shows that these are not of a later day. */
  undatedFacts: number;
}

/**
 * Scores leads as they stood at their hand-off. Activities after it are left out and counted; facts that
 * were read after it are refused, because today's record of a customer knows that it bought.
 *
 * @throws InputError for facts read after the hand-off and for a lead won before it.
 * @beta
 */
export function scorePast(
  model: ScoringModel,
  histories: readonly LeadHistory[],
  { axis, timeZone = 'UTC' }: ScorePastOptions,
): ScoredPast {
  const ready = personModel(model);
  let activitiesAfter = 0;
  let undatedFacts = 0;
  const leads = histories.map(({ lead, at, wonAt, segment }, i): ScoredLead => {
    const moment = { asOf: instantOf(at, timeZone, `histories.${i}.at`), timeZone };
    checkOrder(at, wonAt, timeZone, `histories.${i}`);
    const activities = lead.activities.filter(
      (activity, j) => happened(activity.at, moment, `histories.${i}.lead.activities.${j}.at`) <= moment.asOf,
    );
    activitiesAfter += lead.activities.length - activities.length;
    const records = [lead.person, lead.account].filter((facts) => facts !== undefined);
    if (records.some(({ knownAt }) => knownAt === undefined)) undatedFacts += 1;
    const { judged, activities: seen } = readyLead(ready, { ...lead, activities }, moment, `histories.${i}.lead`);
    const score = rated(model, lead.id, moment, fitOf(judged), engagementOf(ready, seen, moment));
    return {
      id: lead.id,
      score: score[axis].score,
      rating: score.rating,
      at,
      ...(wonAt === undefined ? {} : { wonAt }),
      ...(segment === undefined ? {} : { segment }),
    };
  });
  return { leads, activitiesAfter, undatedFacts };
}

function checkOrder(at: string, wonAt: string | undefined, timeZone: string, path: string): number {
  const scored = instantOf(at, timeZone, `${path}.at`);
  if (wonAt === undefined) return Number.POSITIVE_INFINITY;
  const won = instantOf(wonAt, timeZone, `${path}.wonAt`);
  if (won >= scored) return won - scored;
  throw new InputError(
    `${path}.wonAt`,
    `${wonAt} is before the score of ${at}`,
    'score the lead at its hand-off, before the outcome was known, or leave it out',
  );
}

/** When an outcome counts as known. @beta */
export interface SettleOptions {
  /** Until when outcomes are known: an instant, or a day, which means its end. */
  asOf: string;
  /** How long after its score a win counts. Default: the 90th percentile of the times to win. */
  horizon?: Duration | undefined;
  /** Default: `UTC`. */
  timeZone?: string | undefined;
}

/** Past leads that can be judged, and how many cannot yet. @beta */
export interface Settled {
  /** Leads that had the whole horizon, won within it or not. */
  leads: PastLead[];
  /** Leads that have not yet had the horizon, won or not: leaving in only the won ones would flatter. */
  immature: number;
  /** Leads won after the horizon, which count as not won. */
  wonLate: number;
  horizonMs: number;
  /** The 90th percentile (type 7) of the times to win so far; null when none was won. */
  p90Ms: number | null;
  /** Whether the horizon is shorter than that, so that many wins come too late to count. */
  short: boolean;
}

/**
 * Decides for each lead whether it was won within the horizon, and leaves out those it is too early to
 * decide for: a lead takes part when `at + horizon` is not after `asOf`.
 *
 * @throws InputError for a horizon of no time, none where nothing was won, and a lead won before it was scored or after `asOf`.
 * @beta
 */
export function settle(scored: readonly ScoredLead[], options: SettleOptions): Settled {
  const { asOf: asOfText, horizon, timeZone = 'UTC' } = options;
  const asOf = instantOf(asOfText, timeZone, 'asOf');
  const times = scored.map(({ at, wonAt }, i) => {
    const start = instantOf(at, timeZone, `leads.${i}.at`);
    const toWin = checkOrder(at, wonAt, timeZone, `leads.${i}`);
    if (wonAt !== undefined && start + toWin > asOf) {
      throw new InputError(`leads.${i}.wonAt`, `${wonAt} is after asOf, ${asOfText}`, 'move asOf, or leave wonAt out');
    }
    return { start, toWin };
  });
  const wins = times.map(({ toWin }) => toWin).filter(Number.isFinite);
  const p90Ms = quantile(
    wins.toSorted((a, b) => a - b),
    0.9,
  );
  const horizonMs = horizonOf(horizon, p90Ms);
  const mature = scored.flatMap((lead, i): { lead: ScoredLead; toWin: number }[] => {
    const { start, toWin } = times[i] ?? { start: asOf, toWin: 0 };
    return start + horizonMs <= asOf ? [{ lead, toWin }] : [];
  });
  return {
    leads: mature.map(({ lead: { wonAt: _, ...lead }, toWin }) => ({ ...lead, won: toWin <= horizonMs })),
    immature: scored.length - mature.length,
    wonLate: mature.filter(({ toWin }) => Number.isFinite(toWin) && toWin > horizonMs).length,
    horizonMs,
    p90Ms,
    short: p90Ms !== null && horizonMs < p90Ms,
  };
}

function horizonOf(horizon: Duration | undefined, p90Ms: number | null): number {
  if (horizon === undefined) {
    if (p90Ms !== null) return p90Ms;
    throw new InputError(
      'horizon',
      'is missing, and no lead was won to take it from',
      'give one, such as { "days": 180 }',
    );
  }
  const ms = durationMs(horizon);
  if (ms > 0) return ms;
  throw new InputError(
    'horizon',
    'is no time at all',
    'give the 90th percentile of your cycle, such as { "days": 180 }',
  );
}

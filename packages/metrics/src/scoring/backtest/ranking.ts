import type { Rate } from '../../contracts/index.ts';
import { InputError } from '../../errors.ts';
import { rate } from '../../funnel/stages.ts';
import type { PastLead } from './contracts.ts';
import { nothing, ranked, ties, winsOf, type Value } from './past-leads.ts';

/**
 * The area under the ROC curve: the chance that a lead that was won scored higher than one that was
 * not, ties counting half (the Mann–Whitney statistic U over the number of pairs). 0.5 is no better than
 * chance. Source: Hanley & McNeil, Radiology 143 (1982) 29–36.
 *
 * @returns null with `insufficient-data` unless there are leads of both outcomes.
 * @throws InputError for a score that is no number, an outcome that is neither, and an id given twice.
 * @beta
 */
export function auc(leads: readonly PastLead[]): Value {
  const sorted = ranked(leads);
  const won = winsOf(sorted);
  const lost = sorted.length - won;
  if (won === 0 || lost === 0) return nothing('insufficient-data');
  let pairs = 0;
  let lostBelow = lost;
  for (const { from, to } of ties(sorted)) {
    const wins = winsOf(sorted.slice(from, to));
    const losses = to - from - wins;
    lostBelow -= losses;
    pairs += wins * (lostBelow + losses / 2);
  }
  return { value: pairs / (won * lost) };
}

/** One of the groups a ranked list is cut into. @beta */
export interface RankGroup {
  /** 1 = the highest scores. */
  rank: number;
  n: number;
  won: number;
  rate: Rate;
  /** Its share won over that of all. */
  lift: Value;
  /** The scores it spans; absent from an empty group. */
  scores?: { from: number; to: number };
}

/**
 * Lift by groups of equal size, highest scores first (deciles by default). Leads of one score stay
 * together, in the group that the middle of their run falls in, so that the order of the list decides nothing; groups
 * may therefore differ in size or be empty.
 *
 * @throws InputError for less than 2 groups, and for leads as `auc` does.
 * @beta
 */
export function liftByRank(leads: readonly PastLead[], groups = 10): RankGroup[] {
  const sorted = ranked(leads);
  const base = winsOf(sorted) / sorted.length;
  return cutByRank(sorted, groups).map((members, i) => {
    const share = rate(winsOf(members), members.length);
    const [first, last] = [members[0], members.at(-1)];
    return {
      rank: i + 1,
      n: members.length,
      won: winsOf(members),
      rate: share,
      lift: share.value === null || !(base > 0) ? nothing('zero-denominator') : { value: share.value / base },
      ...(first === undefined || last === undefined ? {} : { scores: { from: first.score, to: last.score } }),
    };
  });
}

/** Cuts a ranked list into groups of equal size; ties stay together, by the middle of their run. */
export function cutByRank<T extends { score: number }>(sorted: readonly T[], groups: number): T[][] {
  if (!Number.isInteger(groups) || groups < 2) {
    throw new InputError('groups', `${groups} is no number of groups`, 'give a whole number from 2, such as 10');
  }
  const cut = Array.from({ length: groups }, (): T[] => []);
  for (const { from, to } of ties(sorted)) {
    const group = Math.floor((((from + to - 1) / 2) * groups) / sorted.length);
    cut[group]?.push(...sorted.slice(from, to));
  }
  return cut;
}

/** The outcome of the leads of one kind. @beta */
export interface Conversion {
  key: string;
  n: number;
  won: number;
  rate: Rate;
}

/**
 * The share won of the leads from each bound on up to the one above, with its Wilson interval, highest first; the last
 * is the rest.
 * @beta
 */
export function conversionByBand(
  leads: readonly PastLead[],
  bounds: Readonly<Record<string, number>>,
  rest: string,
): Conversion[] {
  const bands = Object.entries(bounds).toSorted(([, a], [, b]) => b - a);
  const sorted = ranked(leads);
  const keyOf = ({ score }: PastLead): string => bands.find(([, from]) => score >= from)?.[0] ?? rest;
  return [...bands.map(([key]) => key), rest].map((key) =>
    conversionOf(
      key,
      sorted.filter((lead) => keyOf(lead) === key),
    ),
  );
}

/** The share won for each rating that occurs, best first; leads without one are left out. @beta */
export function conversionByRating(leads: readonly PastLead[]): Conversion[] {
  const ratings = [...new Set(leads.flatMap(({ rating }) => rating ?? []))].toSorted();
  return ratings.map((key) =>
    conversionOf(
      key,
      leads.filter(({ rating }) => rating === key),
    ),
  );
}

function conversionOf(key: string, leads: readonly PastLead[]): Conversion {
  const won = winsOf(leads);
  return { key, n: leads.length, won, rate: rate(won, leads.length) };
}

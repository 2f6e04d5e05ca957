import { InputError } from '../errors.ts';

/** What misalignment may cost in a year, by a company's own numbers. What is left out leaves out its line. @beta */
export interface MisalignmentInputs {
  contentBudget?: number;
  /** Of the content, the share never used. */
  unusedShare?: number;
  programSpend?: number;
  /** Of the spend, the share that went into MQLs. */
  mqlSpendShare?: number;
  /** Of the MQLs, the share nobody followed up. */
  notFollowedUpShare?: number;
  /** Leads answered too late. */
  lateLeads?: number;
  /** Win rate in time less win rate when late, 0 to 1. */
  lateWinRateLoss?: number;
  avgDeal?: number;
  /** Leads recycled and never looked at again, with the share of their rating that is won. */
  recycledWithoutReview?: readonly { leads: number; winProbability: number }[];
  duplicateHours?: number;
  hourlyCost?: number;
}

/** A line of what misalignment costs. @beta */
export type MisalignmentLineKey =
  | 'unusedContent'
  | 'wastedLeadSpend'
  | 'lateResponse'
  | 'unreviewedRecycling'
  | 'duplicateEffort';

/** A line of what misalignment costs, with the formula it was computed by. @beta */
export interface MisalignmentLine {
  key: MisalignmentLineKey;
  /** In the unit of the money given. */
  amount: number;
  formula: string;
  /** Lines that may count some of the same money. */
  doubleCountsWith: readonly MisalignmentLineKey[];
}

/** What misalignment costs, line by line. @beta */
export interface MisalignmentCost {
  lines: MisalignmentLine[];
  /** Of the lines; null without any. */
  total: number | null;
  /** Lines that could not be computed, and the inputs they lack. */
  missing: { key: MisalignmentLineKey; inputs: string[] }[];
}

const SHARES = ['unusedShare', 'mqlSpendShare', 'notFollowedUpShare', 'lateWinRateLoss'] as const;
const AMOUNTS = ['contentBudget', 'programSpend', 'lateLeads', 'avgDeal', 'duplicateHours', 'hourlyCost'] as const;

function check(inputs: MisalignmentInputs): void {
  for (const name of SHARES) {
    const share = inputs[name];
    if (share !== undefined && !(share >= 0 && share <= 1))
      throw new InputError(`inputs.${name}`, `${share} is no share`, 'give a number from 0 to 1');
  }
  for (const name of AMOUNTS) {
    const amount = inputs[name];
    if (amount !== undefined && !(amount >= 0 && amount < Infinity))
      throw new InputError(`inputs.${name}`, `${amount} is no amount`, 'give a number, 0 or more');
  }
  inputs.recycledWithoutReview?.forEach(({ leads, winProbability }, i) => {
    if (!(leads >= 0 && leads < Infinity && winProbability >= 0 && winProbability <= 1)) {
      throw new InputError(
        `inputs.recycledWithoutReview.${i}`,
        'is no count with a share',
        'give leads of 0 or more and a winProbability from 0 to 1',
      );
    }
  });
}

/**
 * What misalignment costs, line by line, from a company's own numbers. Not to be added to {@link misalignmentBound}:
 * that is another way to look at the same money.
 *
 * @throws InputError for a share outside 0 to 1 and a negative amount.
 * @beta
 */
export function misalignmentCost(inputs: MisalignmentInputs): MisalignmentCost {
  check(inputs);
  const { contentBudget, unusedShare, programSpend, mqlSpendShare, notFollowedUpShare } = inputs;
  const { lateLeads, lateWinRateLoss, avgDeal, recycledWithoutReview, duplicateHours, hourlyCost } = inputs;
  const expected = recycledWithoutReview?.reduce((sum, { leads, winProbability }) => sum + leads * winProbability, 0);
  const cost: MisalignmentCost = { lines: [], total: null, missing: [] };
  const line = (
    key: MisalignmentLineKey,
    factors: Readonly<Record<string, number | undefined>>,
    doubleCountsWith: readonly MisalignmentLineKey[],
  ): void => {
    const names = Object.keys(factors);
    const lacking = names.filter((name) => factors[name] === undefined);
    if (lacking.length > 0) {
      cost.missing.push({ key, inputs: lacking });
      return;
    }
    const amount = Object.values(factors).reduce<number>((product, factor) => product * (factor ?? 0), 1);
    cost.lines.push({ key, amount, formula: names.join(' × '), doubleCountsWith });
    cost.total = (cost.total ?? 0) + amount;
  };
  line('unusedContent', { contentBudget, unusedShare }, ['duplicateEffort']);
  line('wastedLeadSpend', { programSpend, mqlSpendShare, notFollowedUpShare }, ['lateResponse', 'unreviewedRecycling']);
  line('lateResponse', { lateLeads, lateWinRateLoss, avgDeal }, ['wastedLeadSpend']);
  line('unreviewedRecycling', { recycledWithoutReview: expected, avgDeal }, ['wastedLeadSpend']);
  line('duplicateEffort', { duplicateHours, hourlyCost }, ['unusedContent']);
  return cost;
}

/**
 * The most that misalignment is said to cost: a share of revenue, up to 10 %. An estimate of IDC for companies at
 * large, without a published method; a bound to compare with, no finding.
 *
 * @throws InputError for a share outside 0 to 0.1.
 * @beta
 */
export function misalignmentBound(revenue: number, share: number): number {
  if (!(share >= 0 && share <= 0.1))
    throw new InputError('share', `${share} is outside the bound`, 'give a number from 0 to 0.1');
  return revenue * share;
}

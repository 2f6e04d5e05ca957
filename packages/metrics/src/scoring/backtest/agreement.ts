import type { DefinitionRef, Rate } from '../../contracts/index.ts';
import { definitionRef } from '../../definitions/registry.ts';
import { sha256Hex } from '../../definitions/hash.ts';
import { InputError } from '../../errors.ts';
import type { ScoringModel } from '../contracts.ts';
import type { PastLead } from './contracts.ts';
import { atThreshold, thresholdCurve, type ThresholdPoint } from './thresholds.ts';

/** Checks how long the leads of a back-test took to come in. */
function checkWeeks(weeks: number): void {
  if (!(weeks > 0 && Number.isFinite(weeks))) {
    throw new InputError('weeks', `${weeks} is no time`, 'say in how many weeks these leads came in, such as 26');
  }
}

/**
 * The lowest threshold at which no more leads come in than can be worked: "sales can work 40 a week,
 * so from 62 on".
 *
 * @param perWeek leads that can be worked in a week.
 * @param weeks in how many weeks the leads came in.
 * @returns null when even the highest score brings in more.
 * @throws InputError for a capacity or a time of none, and for leads as `auc` does.
 * @beta
 */
export function thresholdForCapacity(
  leads: readonly PastLead[],
  { perWeek, weeks }: { perWeek: number; weeks: number },
): ThresholdPoint | null {
  checkWeeks(weeks);
  if (!(perWeek > 0 && Number.isFinite(perWeek))) {
    throw new InputError(
      'perWeek',
      `${perWeek} is no capacity`,
      'say how many leads can be worked in a week, such as 40',
    );
  }
  return thresholdCurve(leads).findLast(({ volume }) => volume <= perWeek * weeks) ?? null;
}

/** The thresholds two teams ask for, and the one to propose. @beta */
export interface AgreementInput {
  model: ScoringModel;
  axis: 'fit' | 'engagement';
  /** The thresholds either team asks for. */
  marketing: number;
  sales: number;
  /** The one to propose. */
  chosen: number;
  /** In how many weeks the leads came in. */
  weeks: number;
}

/** What both teams are asked to approve as part of the MQL term. @beta */
export interface ThresholdProposal {
  term: 'mql';
  model: DefinitionRef;
  axis: 'fit' | 'engagement';
  threshold: number;
  /** What the chosen threshold promises, by the back-test. */
  expected: { leads: number; perWeek: number; precision: Rate; recall: Rate };
  /** Where either team would have set it, on the same curve. */
  asked: { marketing: ThresholdPoint; sales: ThresholdPoint };
  /** Teams whose approval it needs; it binds nobody before. */
  needs: ['marketing', 'sales'];
}

/**
 * The threshold two teams settle on, with the volume and precision it promises, as a proposal for
 * the MQL term.
 *
 * @throws InputError for a threshold outside both teams' range, and as `thresholdForCapacity` does.
 * @beta
 */
export function proposeThreshold(leads: readonly PastLead[], input: AgreementInput): ThresholdProposal {
  const { model, axis, marketing, sales, chosen, weeks } = input;
  checkWeeks(weeks);
  const [low, high] = [Math.min(marketing, sales), Math.max(marketing, sales)];
  if (chosen < low || chosen > high) {
    throw new InputError(
      'chosen',
      `${chosen} is not between ${low} and ${high}, which the teams ask for`,
      'choose one between, or move theirs',
    );
  }
  const { volume, precision, recall } = atThreshold(leads, chosen);
  return {
    term: 'mql',
    model: definitionRef(model),
    axis,
    threshold: chosen,
    expected: { leads: volume, perWeek: volume / weeks, precision, recall },
    asked: { marketing: atThreshold(leads, marketing), sales: atThreshold(leads, sales) },
    needs: ['marketing', 'sales'],
  };
}

/**
 * Whether a lead belongs to the share that is worked whatever its score, so that the next back-test
 * learns of leads the model would have passed over. The same lead always gets the same answer; 5 to
 * 10 % are usual.
 *
 * @param share above 0, at most 0.5.
 * @param salt another one draws another share.
 * @throws InputError for a share outside that.
 * @beta
 */
export function inHoldout(leadId: string, share: number, salt = ''): boolean {
  if (!(share > 0 && share <= 0.5)) {
    throw new InputError('share', `${share} is no share to hold out`, 'give one above 0 and at most 0.5, such as 0.05');
  }
  return Number.parseInt(sha256Hex(`${salt}\n${leadId}`).slice(0, 12), 16) / 2 ** 48 < share;
}

import { definitionRef } from '../definitions/registry.ts';
import { InputError } from '../errors.ts';
import { actionOf, gradeOf, levelOf, ratingOf } from './bands.ts';
import type { EngagementScore, FitScore, Lead, Score, ScoringModel } from './contracts.ts';
import { engagementOf } from './engagement.ts';
import { factsReader, fitOf, judge, type Judged } from './fit.ts';
import { preparedModel, type PreparedModel } from './model.ts';
import { checkKnown, instantOf, upTo, type Moment, type Timed } from './moment.ts';

/** When and where a score is true. @beta */
export interface ScoreOptions {
  /** The moment the score is true for: an instant, or a day, which means its end. */
  asOf: string;
  /** In which days begin and end. Default: `UTC`. */
  timeZone?: string | undefined;
}

/** A lead as the scoring sees it: checked, its activities newest first. */
export interface ReadyLead {
  judged: Judged[];
  activities: Timed[];
}

export function momentOf({ asOf, timeZone = 'UTC' }: ScoreOptions): Moment {
  return { asOf: instantOf(asOf, timeZone, 'asOf'), timeZone };
}

/** The checked model of persons. @throws InputError for one of accounts */
export function personModel(model: ScoringModel): PreparedModel {
  const ready = preparedModel(model);
  if (ready.grain === 'person') return ready;
  throw new InputError('model.grain', 'is account, and a lead is a person', 'rate accounts with scoreAccount');
}

/** @throws InputError where the lead knows something later than the moment. */
export function readyLead(model: PreparedModel, lead: Lead, moment: Moment, path = 'lead'): ReadyLead {
  checkKnown(lead.person, moment, `${path}.person`);
  checkKnown(lead.account, moment, `${path}.account`);
  const facts = { person: factsReader(lead.person), account: factsReader(lead.account) };
  return { judged: judge(model, facts, moment), activities: upTo(lead.activities, moment, `${path}.activities`) };
}

/**
 * Rates a person: fit (0–100, never decays), engagement (0–100, decays), grade, level, rating and what
 * to do, each score as lines that add up to it exactly.
 *
 * @throws InputError for a model that cannot be used, and for facts or activities after `asOf`.
 * @beta
 */
export function scoreLead(model: ScoringModel, lead: Lead, options: ScoreOptions): Score {
  const ready = personModel(model);
  const moment = momentOf(options);
  const { judged, activities } = readyLead(ready, lead, moment);
  return rated(model, lead.id, moment, fitOf(judged), engagementOf(ready, activities, moment));
}

/** Joins the two scores to a rating. */
export function rated(
  model: ScoringModel,
  id: string,
  moment: Moment,
  fit: FitScore,
  engagement: EngagementScore,
): Score {
  const { bands } = preparedModel(model);
  const grade = gradeOf(fit.score, bands);
  const level = levelOf(engagement.score, bands);
  return {
    id,
    model: definitionRef(model),
    asOf: new Date(moment.asOf).toISOString(),
    fit,
    engagement,
    grade,
    level,
    rating: ratingOf(grade, level),
    action: actionOf(grade, level, model.actions),
  };
}

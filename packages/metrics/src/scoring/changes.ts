import type { RatingChange } from '../contracts/score-answer.ts';
import { InputError } from '../errors.ts';
import { DAY_MS } from '../time/duration.ts';
import { gradeOf, levelOf, ratingOf } from './bands.ts';
import type { Grade, Lead, Level, Rating, ScoringModel } from './contracts.ts';
import { engagementOf } from './engagement.ts';
import { fitOf, pointsOf, type Judged } from './fit.ts';
import { preparedModel, type PreparedModel } from './model.ts';
import type { Moment, Timed } from './moment.ts';
import { momentOf, readyLead, type ReadyLead, type ScoreOptions } from './score.ts';

type SignalChange = Extract<RatingChange, { kind: 'signal' }>;
type CriterionChange = Extract<RatingChange, { kind: 'criterion' }>;

/** How far `whatWouldChange` looks. @beta */
export interface ChangeOptions extends ScoreOptions {
  /** The most further activities of one signal to consider. Default: 5. */
  times?: number | undefined;
  /** The most days of silence to consider. Default: 90. */
  days?: number | undefined;
}

/**
 * What alone would change the rating of a person: more activities of a signal, a rule that comes to
 * hold, or days of silence. Each was found by scoring the lead again with that one change. Signals
 * and rules are named only where they raise the rating, with the fewest activities or the fewest
 * points that do; fewest activities first, then criteria, time last.
 *
 * @throws InputError as `scoreLead` does.
 * @beta
 */
export function whatWouldChange(model: ScoringModel, lead: Lead, options: ChangeOptions): RatingChange[] {
  const { times = 5, days = 90 } = options;
  checkCount(times, 'times');
  checkCount(days, 'days');
  const ready = preparedModel(model);
  const moment = momentOf(options);
  const now = readyLead(ready, lead, moment);
  return [
    ...signalChanges(ready, now, moment, times),
    ...criterionChanges(ready, now, moment),
    ...timeChange(ready, lead, moment, days),
  ];
}

/** Each further one is scored, so that there is an end to them. */
function checkCount(count: number, field: string): void {
  if (Number.isInteger(count) && count >= 0 && count <= 1000) return;
  throw new InputError(field, `${count} is not a count`, 'give a whole number from 0 to 1000');
}

function signalChanges(model: PreparedModel, now: ReadyLead, moment: Moment, times: number): SignalChange[] {
  const grade = gradeOf(fitOf(now.judged).score, model.bands);
  const levelWith = (activities: readonly Timed[]): Level =>
    levelOf(engagementOf(model, activities, moment).score, model.bands);
  const level = levelWith(now.activities);
  return model.signals
    .filter(({ points }) => points > 0)
    .flatMap(({ key, label, activity: name }): SignalChange[] => {
      const one: Timed = { activity: { name, at: new Date(moment.asOf).toISOString() }, ms: moment.asOf, as: key };
      for (let n = 1; n <= times; n++) {
        const reached = levelWith([...Array.from({ length: n }, () => one), ...now.activities]);
        if (reached < level) return [{ kind: 'signal', key, label, times: n, rating: ratingOf(grade, reached) }];
      }
      return [];
    })
    .toSorted((a, b) => a.times - b.times || byRating(a, b));
}

function criterionChanges(model: PreparedModel, now: ReadyLead, moment: Moment): CriterionChange[] {
  const gradeWith = (judged: readonly Judged[]): Grade => gradeOf(fitOf(judged).score, model.bands);
  const grade = gradeWith(now.judged);
  const level = levelOf(engagementOf(model, now.activities, moment).score, model.bands);
  return now.judged
    .flatMap((judged, at): CriterionChange[] => {
      const { criterion, rules: held, known } = judged;
      const { key, label, combine } = criterion;
      const options = criterion.rules.flatMap((_, rule): (CriterionChange & { points: number })[] => {
        if (held.includes(rule)) return [];
        const points = pointsOf(criterion, combine === 'first' ? [rule] : [...held, rule]);
        const reached = gradeWith(now.judged.with(at, { ...judged, points }));
        if (reached >= grade) return [];
        return [{ kind: 'criterion', key, label, rule, unknown: !known, rating: ratingOf(reached, level), points }];
      });
      return options
        .toSorted((a, b) => a.points - b.points)
        .slice(0, 1)
        .map(({ points: _, ...change }) => change);
    })
    .toSorted((a, b) => Number(b.unknown) - Number(a.unknown) || byRating(a, b));
}

function timeChange(model: PreparedModel, lead: Lead, moment: Moment, days: number): RatingChange[] {
  const ratingAt = (later: Moment): Rating => {
    const { judged, activities } = readyLead(model, lead, later);
    const grade = gradeOf(fitOf(judged).score, model.bands);
    return ratingOf(grade, levelOf(engagementOf(model, activities, later).score, model.bands));
  };
  const now = ratingAt(moment);
  for (let day = 1; day <= days; day++) {
    const rating = ratingAt({ ...moment, asOf: moment.asOf + day * DAY_MS });
    if (rating !== now) return [{ kind: 'time', days: day, rating }];
  }
  return [];
}

const byRating = (a: RatingChange, b: RatingChange): number => (a.rating < b.rating ? -1 : a.rating > b.rating ? 1 : 0);

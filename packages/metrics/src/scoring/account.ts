import { InputError } from '../errors.ts';
import type { AccountLead, Breadth, Contribution, Score, ScoringModel } from './contracts.ts';
import { engagementOf } from './engagement.ts';
import { factsReader, fitOf, holds, judge } from './fit.ts';
import { inRange, ordered } from './lines.ts';
import { preparedModel } from './model.ts';
import { checkKnown, upTo } from './moment.ts';
import { onGrid, total } from './points.ts';
import { momentOf, rated, type ScoreOptions } from './score.ts';

/**
 * Rates an account. Fit is that of the account's own record. Engagement is that of its people with
 * diminishing return, `max + f · second + f² · third …` (f = `falloff`), kept within 100; ties count
 * by id. `breadth` says whether enough people are engaged, and a senior one among them.
 *
 * @throws InputError for a model that cannot be used, and for facts or activities after `asOf`.
 * @beta
 */
export function scoreAccount(model: ScoringModel, lead: AccountLead, options: ScoreOptions): Score {
  const ready = preparedModel(model);
  if (ready.grain === 'person') {
    throw new InputError('model.grain', 'is person', 'set it to account, or rate each person with scoreLead');
  }
  const { falloff = 0.5, people: required = 2, engagedFrom, senior } = model.account ?? {};
  const moment = momentOf(options);
  checkKnown(lead.account, moment, 'account');
  checkIds(lead);
  const facts = { person: factsReader(), account: factsReader(lead.account) };
  const people = lead.people
    .map(({ id, person, activities }, i) => {
      checkKnown(person, moment, `people.${i}.person`);
      const { score } = engagementOf(ready, upTo(activities, moment, `people.${i}.activities`), moment);
      return { id, score, senior: senior !== undefined && holds(senior, factsReader(person), moment) };
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const contributions = inRange(
    people.map(({ id, score }, i): Contribution => {
      return { kind: 'person', key: id, label: id, points: onGrid(score * falloff ** i), of: score };
    }),
  );
  const engaged = people.filter(({ score }) => (engagedFrom === undefined ? score > 0 : score >= engagedFrom));
  const engagement = { score: total(contributions), contributions: ordered(contributions) };
  const breadth: Breadth = { engaged: engaged.length, required, met: engaged.length >= required };
  if (senior !== undefined) {
    breadth.senior = engaged.some((person) => person.senior);
    breadth.met &&= breadth.senior;
  }
  return { ...rated(model, lead.id, moment, fitOf(judge(ready, facts, moment)), engagement), breadth };
}

function checkIds({ people }: AccountLead): void {
  const seen = new Set<string>();
  people.forEach(({ id }, i) => {
    if (seen.has(id)) throw new InputError(`people.${i}.id`, `"${id}" occurs twice`, 'give each person once');
    seen.add(id);
  });
}

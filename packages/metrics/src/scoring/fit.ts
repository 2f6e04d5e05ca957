import { fieldsOf } from '../contracts/event-funnel-faults.ts';
import type { Criteria, Scalar } from '../contracts/index.ts';
import { compileCriteria, type FieldReader } from '../criteria/evaluate.ts';
import type { Contribution, Facts, FitScore } from './contracts.ts';
import { inRange, ordered } from './lines.ts';
import type { PreparedCriterion, PreparedModel } from './model.ts';
import type { Moment } from './moment.ts';
import { onGrid, total } from './points.ts';

const NOTHING: Facts = { attributes: {} };

/** Reads the fields of one set of facts; there is one row. */
export function factsReader(facts: Facts = NOTHING): FieldReader {
  const { attributes, knownAt: _, ...links } = facts;
  const values = new Map<string, Scalar | undefined>(Object.entries(links));
  for (const [name, value] of Object.entries(attributes)) values.set(`attributes.${name}`, value);
  return (field) => () => values.get(field);
}

/** Whether criteria hold for facts at a moment. */
export const holds = (criteria: Criteria, facts: FieldReader, moment: Moment): boolean =>
  compileCriteria(criteria, facts, moment)(0);

/** What one criterion makes of the facts. */
export interface Judged {
  criterion: PreparedCriterion;
  points: number;
  known: boolean;
  /** Positions of the rules that gave points. */
  rules: readonly number[];
  value: Scalar | undefined;
}

/**
 * The fit of facts: the points of each criterion, at most its `max`, added up and kept within 0 and
 * 100. A criterion is known when the facts decide its rules (up to the first that holds, with
 * `combine: first`); a rule that they do not decide gives nothing.
 */
export function judge(
  model: PreparedModel,
  facts: Readonly<Record<'person' | 'account', FieldReader>>,
  moment: Moment,
): Judged[] {
  return model.criteria.map((criterion) => {
    const read = facts[criterion.of];
    const holding: number[] = [];
    let known = true;
    for (const [i, rule] of criterion.rules.entries()) {
      if (holds(rule.holds, read, moment)) {
        holding.push(i);
        if (criterion.combine === 'first') break;
      } else if (!holds(rule.fails, read, moment)) {
        known = false;
        // Which rule is the first to hold stays open, so none is.
        if (criterion.combine === 'first') break;
      }
    }
    const field = criterion.rules.flatMap(({ when }, i) => (holding.includes(i) ? fieldsOf(when) : [])).at(0);
    return {
      criterion,
      points: pointsOf(criterion, holding),
      known,
      rules: holding,
      value: field === undefined ? undefined : read(field)(0),
    };
  });
}

/** The points of a criterion of which these rules hold. */
export function pointsOf({ rules, max }: PreparedCriterion, holding: readonly number[]): number {
  return onGrid(
    Math.min(
      max,
      holding.reduce((sum, i) => sum + (rules[i]?.points ?? 0), 0),
    ),
  );
}

/** The fit score of what was judged. */
export function fitOf(judged: readonly Judged[]): FitScore {
  const lines = judged.map(({ criterion: { key, label, max }, points, value }): Contribution => {
    return { kind: 'criterion', key, label, points, of: max, ...(value === undefined ? {} : { value }) };
  });
  const contributions = inRange(lines);
  const attainable = judged.reduce((sum, { criterion }) => sum + weight(criterion), 0);
  const known = judged.reduce((sum, { criterion, known }) => sum + (known ? weight(criterion) : 0), 0);
  return {
    score: total(contributions),
    coverage: known / attainable,
    unknown: judged.filter(({ known }) => !known).map(({ criterion }) => criterion.key),
    contributions: ordered(contributions),
  };
}

/** How much a criterion matters for what is known: the most it can move the score, either way. */
const weight = ({ max, rules }: PreparedCriterion): number =>
  Math.max(max, ...rules.map(({ points }) => Math.abs(points)));

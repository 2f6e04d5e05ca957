import type {
  AnswerContext,
  Criteria,
  Definition,
  EntityType,
  Expression,
  KpiDefinition,
  Measure,
  MeasureQuestion,
} from '../contracts/index.ts';
import { findStageFunnel } from '../definitions/funnels.ts';
import { findDefinition } from '../definitions/index.ts';
import { QuestionError } from '../errors.ts';
import { joinCriteria, lineOf, resolveAsOf } from '../funnel/make-plan.ts';
import type { Line } from '../funnel/plan.ts';
import { zone } from '../time/index.ts';

/** A measure with its dates, filters and funnel resolved. @beta */
export interface MeasurePlan {
  of: EntityType;
  /** Gives `stage` and `reached.STAGE` their meaning. */
  line?: Line;
  where?: Criteria;
  value?: Expression;
  /** Quantiles asked for, ascending; the median is 0.5. */
  quantiles: readonly number[];
  by?: string;
  asOf: number;
  timeZone: string;
}

/** What an engine counts for a measure. @beta */
export interface MeasureStatistics {
  /** Records that pass the filter. */
  records: number;
  /** Of those, how many have a value. */
  n: number;
  sum: number;
  min: number | null;
  max: number | null;
  /** In the order of `plan.quantiles`, type 7. */
  quantiles: readonly (number | null)[];
  /** Currencies of the valued records (`amount` only). */
  currencies: readonly string[];
  groups: readonly { key: string | number | boolean | null; count: number }[];
}

/** The figure a question asks for: one measure or a ratio of two counts. @beta */
export interface PlannedMeasure {
  label: string;
  definition?: KpiDefinition;
  measure: Measure;
  /** The denominator, when the figure is a ratio. */
  denominator?: Measure;
}

/**
 * The measure a question asks for, by name or written out.
 *
 * @throws QuestionError `unknown-definition`
 * @beta
 */
export function findMeasure(question: MeasureQuestion, definitions: readonly Definition[]): PlannedMeasure {
  if (typeof question.measure !== 'string') return { label: 'measure', measure: question.measure };
  const definition = findDefinition(definitions, 'kpi', question.measure);
  const label = definition.label ?? definition.id;
  const { formula } = definition;
  if ('kpi' in formula) {
    throw new QuestionError(
      'invalid-question',
      `kpi "${definition.id}" is a row of the catalogue: ask a question of kind "kpi"`,
    );
  }
  return 'measure' in formula
    ? { label, definition, measure: formula.measure }
    : { label, definition, measure: formula.ratio.numerator, denominator: formula.ratio.denominator };
}

/**
 * A measure made ready for an engine.
 *
 * @throws QuestionError when a derived field has no funnel, or the funnel another grain.
 * @beta
 */
export function planMeasure(measure: Measure, question: MeasureQuestion, context: AnswerContext): MeasurePlan {
  const timeZone = zone(question.timeZone ?? context.timeZone).id;
  const where = joinCriteria(context.rights.rows, measure.where, question.filter);
  const line =
    measure.funnel === undefined ? undefined : lineOf(findStageFunnel(context.definitions, measure.funnel), timeZone);
  if (line !== undefined && line.grain !== measure.of) {
    throw new QuestionError(
      'invalid-question',
      `the measure is of ${measure.of} but funnel "${measure.funnel ?? ''}" follows each ${line.grain}: make them the same`,
    );
  }
  const fields = JSON.stringify([where, measure.value, measure.by]);
  if (line === undefined && /"(stage|reached\.[^"]*)"/.test(fields)) {
    throw new QuestionError(
      'invalid-question',
      'the fields stage and reached.STAGE need a funnel: set "funnel" in the measure',
    );
  }
  const quantiles = measure.aggregates.flatMap((a) =>
    a === 'median' ? [0.5] : typeof a === 'object' ? [a.quantile] : [],
  );
  return {
    of: measure.of,
    ...(line === undefined ? {} : { line }),
    ...(where === undefined ? {} : { where }),
    ...(measure.value === undefined ? {} : { value: measure.value }),
    quantiles: [...new Set(quantiles)].sort((a, b) => a - b),
    ...(measure.by === undefined ? {} : { by: measure.by }),
    asOf: resolveAsOf(question.asOf ?? context.asOf, timeZone),
    timeZone,
  };
}

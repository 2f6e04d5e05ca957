import { InputError } from '../../errors.ts';
import { beside, nothing, ratio, valueOf, withFactors } from '../figure.ts';
import { kpi } from '../kpi.ts';
import { avgDealSize, salesCycle, winRateCount } from './win.ts';

/** Revenue the pipeline brings in a day. @beta */
export const pipelineVelocity = /* @__PURE__ */ kpi(
  {
    key: 'pipelineVelocity',
    label: 'Pipeline velocity',
    formula: 'opportunities × avgDealSize × winRate / cycleDays',
    note: 'All four of the same population. A cycle of 0 days gives none.',
    unit: 'currency/day',
    direction: 'up',
    grain: 'opportunity',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'winRate.cohort',
    inputs: { opportunities: 'count', avgDealSize: 'factor', winRate: 'factor', cycleDays: 'factor' },
    parts: { avgDealSize, winRate: winRateCount, cycleDays: salesCycle },
  },
  ({ opportunities, avgDealSize: size, winRate, cycleDays }) =>
    valueOf(
      withFactors([size, winRate, cycleDays], ([a = 0, b = 0, days = 0]) => {
        if (days < 0) throw new InputError('inputs.cycleDays', `${days} is no duration`, 'give days, 0 or more');
        return ratio(opportunities * a * b, days);
      }),
      { n: opportunities },
    ),
);

/** How often the open pipeline covers what is missing to the target. @beta */
export const pipelineCoverage = /* @__PURE__ */ kpi(
  {
    key: 'pipelineCoverage',
    label: 'Pipeline coverage',
    formula: 'openPipeline / remainingTarget; required: 1 / winRate',
    note: 'Nothing left to reach is "target met", not infinite coverage.',
    unit: 'ratio',
    direction: 'band',
    grain: 'opportunity',
    additivity: 'ratio',
    owners: ['sales'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'winRate.cohort',
    inputs: { openPipeline: 'amount', remainingTarget: 'amount', winRate: 'factor?' },
    parts: { winRate: winRateCount },
  },
  ({ openPipeline, remainingTarget, winRate }) =>
    valueOf(remainingTarget <= 0 ? nothing('target-met') : ratio(openPipeline, remainingTarget), {
      numerator: openPipeline,
      denominator: remainingTarget,
      also:
        winRate === undefined
          ? []
          : [
              beside(
                'required',
                'ratio',
                withFactors([winRate], ([rate = 0]) => ratio(1, rate)),
              ),
            ],
    }),
);

/** What the opportunities created in the period were worth when they were created. @beta */
export const pipelineCreated = /* @__PURE__ */ kpi(
  {
    key: 'pipelineCreated',
    label: 'Pipeline created',
    formula: 'amount',
    note: 'As it stood at creation; later edits do not change it.',
    unit: 'currency',
    direction: 'up',
    grain: 'opportunity',
    additivity: 'sum',
    owners: ['both'],
    revenuePath: ['opportunity', 'won', 'revenue'],
    guardrail: 'winRate.cohort',
    inputs: { amount: 'amount', opportunities: 'count?' },
  },
  ({ amount, opportunities }) => valueOf({ value: amount }, opportunities === undefined ? {} : { n: opportunities }),
);

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** How close a locked forecast came, segment by segment. @beta */
export const forecastAccuracy = /* @__PURE__ */ kpi(
  {
    key: 'forecastAccuracy',
    label: 'Forecast accuracy',
    formula: '1 − Σ|forecast − actual| / Σ|actual|; bias: Σ(forecast − actual) / Σ actual',
    note: 'By segment, since errors of segments offset each other in a total. Below 0 when the errors exceed the actuals.',
    unit: 'share',
    direction: 'up',
    grain: 'segment',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['revenue'],
    guardrail: 'pipelineCoverage',
    inputs: { forecast: 'series', actual: 'series' },
  },
  ({ forecast, actual }) => {
    if (forecast.length !== actual.length) {
      throw new InputError(
        'inputs.actual',
        `has ${actual.length} segments where forecast has ${forecast.length}`,
        'give one of each for every segment',
      );
    }
    const errors = forecast.map((f, i) => f - (actual[i] ?? 0));
    const missed = sum(errors.map(Math.abs));
    const wmape = ratio(missed, sum(actual.map(Math.abs)));
    return valueOf(wmape.value === null ? wmape : { value: 1 - wmape.value }, {
      n: actual.length,
      also: [beside('wmape', 'share', wmape), beside('bias', 'share', ratio(sum(errors), sum(actual)))],
    });
  },
);

import { InputError } from '../../errors.ts';
import { beside, nothing, ratio, shareOf, shareValue, valueOf } from '../figure.ts';
import { kpi } from '../kpi.ts';
import { overlap } from '../overlap.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const clip = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** How much of what a record should say is there and valid, by weight. @beta */
export const dataCompleteness = /* @__PURE__ */ kpi(
  {
    key: 'dataCompleteness',
    label: 'Data completeness',
    formula: 'Σ weight × present / (Σ weight × records)',
    note: 'Present means valid: an address that bounced is missing. `present` holds records by field; `fields` names those of a single record.',
    unit: 'share',
    direction: 'up',
    grain: 'record',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['mql', 'sal', 'sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'stageIntegrity',
    inputs: { weights: 'weights', present: 'tally?', records: 'count?', fields: 'names?' },
  },
  ({ weights, present, records = 1, fields }) => {
    const counts = present ?? Object.fromEntries((fields ?? []).map((name) => [name, 1]));
    for (const [name, count] of Object.entries(counts)) {
      if (!Object.hasOwn(weights, name)) {
        throw new InputError(`inputs.weights.${name}`, 'is missing', 'give every field that is counted a weight');
      }
      if (count > records)
        throw new InputError(
          `inputs.present.${name}`,
          `${count} are more than the ${records} records`,
          'count records once',
        );
    }
    const points = sum(Object.entries(counts).map(([name, count]) => (weights[name] ?? 0) * count));
    const possible = sum(Object.values(weights)) * records;
    return valueOf(ratio(points, possible), { numerator: points, denominator: possible, n: records });
  },
);

/** Of the records, those whose stage is supported by what is known of them. @beta */
export const stageIntegrity = /* @__PURE__ */ kpi(
  {
    key: 'stageIntegrity',
    label: 'Stage integrity',
    formula: 'supported / (supported + stale + unsupported + contradictory)',
    unit: 'share',
    direction: 'up',
    grain: 'record',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['mql', 'sal', 'sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'dataCompleteness',
    inputs: { supported: 'count', stale: 'count', unsupported: 'count', contradictory: 'count' },
  },
  ({ supported, stale, unsupported, contradictory }) => {
    const all = supported + stale + unsupported + contradictory;
    return shareValue(supported, all, {
      also: [
        beside('stale', 'share', shareOf(stale, all)),
        beside('unsupported', 'share', shareOf(unsupported, all)),
        beside('contradictory', 'share', shareOf(contradictory, all)),
      ],
    });
  },
);

/** Of the core terms, those both teams agreed to and that are not stale. @beta */
export const definitionAgreement = /* @__PURE__ */ kpi(
  {
    key: 'definitionAgreement',
    label: 'Agreement on terms',
    formula: 'agreed / coreTerms',
    unit: 'share',
    direction: 'up',
    grain: 'term',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['mql', 'sal', 'sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'acceptanceRate',
    inputs: { agreed: 'count', coreTerms: 'count' },
  },
  ({ agreed, coreTerms }) => shareValue(agreed, coreTerms),
);

/** How far both teams look at the same KPIs. @beta */
export const kpiOverlap = /* @__PURE__ */ kpi(
  {
    key: 'kpiOverlap',
    label: 'Shared KPIs',
    formula: '|marketing ∩ sales| / |marketing ∪ sales|',
    unit: 'share',
    direction: 'up',
    grain: 'kpi',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['revenue'],
    guardrail: 'alignmentIndex',
    inputs: { marketing: 'names', sales: 'names' },
  },
  ({ marketing, sales }) => overlap(marketing, sales),
);

/** Fewer answers than this on a side are not shown. */
const MIN_RESPONDENTS = 5;

/** How differently the teams answer the same questions, on a scale of 1 to 5. @beta */
export const perceptionGap = /* @__PURE__ */ kpi(
  {
    key: 'perceptionGap',
    label: 'Perception gap',
    formula: 'mean over items of |mean of marketing − mean of sales|',
    note: 'One mean for each item, of answers from 1 to 5. Level = (mean of both − 1) / 4, score = 100 × level − 50 × gap / 4. Hidden with fewer than 5 respondents in a team.',
    unit: 'points',
    direction: 'down',
    grain: 'survey',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['revenue'],
    guardrail: 'alignmentIndex',
    inputs: { marketing: 'series', sales: 'series', marketingRespondents: 'count?', salesRespondents: 'count?' },
  },
  ({ marketing, sales, marketingRespondents = MIN_RESPONDENTS, salesRespondents = MIN_RESPONDENTS }) => {
    if (marketing.length !== sales.length) {
      throw new InputError(
        'inputs.sales',
        `has ${sales.length} items where marketing has ${marketing.length}`,
        'give one mean of each team for every item',
      );
    }
    if ([...marketing, ...sales].some((mean) => mean < 1 || mean > 5)) {
      throw new InputError(
        'inputs.marketing and inputs.sales',
        'hold a mean outside the scale',
        'give means from 1 to 5, without "do not know"',
      );
    }
    const n = marketing.length;
    if (Math.min(marketingRespondents, salesRespondents) < MIN_RESPONDENTS) {
      return valueOf(nothing('suppressed'), { n, flags: ['suppressed'] });
    }
    if (n === 0) return valueOf(nothing('insufficient-data'), { n });
    const gaps = marketing.map((mean, i) => Math.abs(mean - (sales[i] ?? 0)));
    const gap = sum(gaps) / n;
    const [ours, theirs] = [sum(marketing) / n, sum(sales) / n];
    const level = ((ours + theirs) / 2 - 1) / 4;
    return valueOf(
      { value: gap },
      {
        n,
        also: [
          beside('meanMarketing', 'points', { value: ours }),
          beside('meanSales', 'points', { value: theirs }),
          beside('level', 'share', { value: level }),
          beside('score', 'index', { value: clip(100 * level - 50 * (gap / 4), 0, 100) }),
          ...gaps.map((value, i) => beside(`item.${i}`, 'points', { value })),
        ],
      },
    );
  },
);

/** Below this share of weight known the index is not shown. */
const MIN_COVERAGE = 0.6;

/** How well the teams work together, by the weights both agreed on. Never for people or single teams. @beta */
export const alignmentIndex = /* @__PURE__ */ kpi(
  {
    key: 'alignmentIndex',
    label: 'Alignment index',
    formula: 'Σ weight × score / Σ weight over known dimensions; coverage: Σ weight known / Σ weight',
    note: 'Dimensions that are not known are left out. Not shown below a coverage of 0.6.',
    unit: 'index',
    direction: 'up',
    grain: 'organisation',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['revenue'],
    guardrail: 'perceptionGap',
    inputs: { dimensions: 'dimensions' },
  },
  ({ dimensions }) => {
    const all = Object.values(dimensions);
    const known = all.flatMap(([score, weight]) => (score === null ? [] : [{ score, weight }]));
    const weight = sum(known.map((one) => one.weight));
    const coverage = ratio(weight, sum(all.map(([, one]) => one)));
    const enough = coverage.value !== null && coverage.value >= MIN_COVERAGE - 1e-12;
    const result = enough
      ? ratio(sum(known.map((one) => one.score * one.weight)), weight)
      : nothing('insufficient-data');
    return valueOf(result, {
      n: known.length,
      flags: known.length < all.length ? ['partial'] : [],
      also: [beside('coverage', 'share', coverage)],
    });
  },
);

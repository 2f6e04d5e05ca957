import { InputError } from '../errors.ts';
import type { Attribution } from './answer.ts';
import { attribute } from './attribute.ts';
import type { AttributionChoices, AttributionDefinition, Dimension, Journey } from './contracts.ts';
import { byName } from './totals.ts';

/** How far models lie apart about one channel, campaign, asset or team. @beta */
export interface Spread {
  key: string | null;
  /** Conversions by each model, in the order they were given. */
  conversions: number[];
  low: number;
  high: number;
}

/** The answers of several models to the same journeys, and how far they lie apart for each key. @beta */
export interface ModelComparison {
  answers: Attribution[];
  /** Widest first, then by name. */
  spread: Spread[];
}

/**
 * The same journeys under several models, and how far these lie apart: no model is shown alone.
 *
 * @param models at least two.
 * @param options.by what is compared, default `channel`. Markov is asked by the same.
 * @throws InputError for fewer than two models, and as `attribute`.
 * @beta
 */
export function compareModels(
  journeys: readonly Journey[],
  models: readonly (AttributionChoices | AttributionDefinition)[],
  { by = 'channel', ...options }: { timeZone?: string; by?: Dimension } = {},
): ModelComparison {
  if (models.length < 2) {
    throw new InputError('models', `${models.length} is no comparison`, 'give at least two models');
  }
  const answers = models.map((model) => attribute(journeys, { ...model, by }, options));
  const keys = new Set(answers.flatMap(({ totals }) => (totals[by] ?? []).map(({ key }) => key)));
  const spread = Array.from(keys, (key) => {
    const conversions = answers.map(({ totals }) => totals[by]?.find((row) => row.key === key)?.conversions ?? 0);
    return { key, conversions, low: Math.min(...conversions), high: Math.max(...conversions) };
  });
  return { answers, spread: spread.sort((a, b) => b.high - b.low - (a.high - a.low) || byName(a.key, b.key)) };
}

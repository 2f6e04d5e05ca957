import type { AllWords } from '../index.ts';
import { behind } from './behind.ts';
import { choices } from './choices.ts';
import { common } from './common.ts';
import { core } from './core.ts';
import { filter } from './filter.ts';
import { funnel } from './funnel.ts';
import { glossary } from './glossary.ts';
import { queue } from './queue.ts';
import { scorecard } from './scorecard.ts';
import { term } from './term.ts';

/**
 * German words of all widgets, for `registerLocale('de', de)`.
 *
 * @beta
 */
export const de: AllWords = {
  ...core,
  ...common,
  ...choices,
  behind,
  ...filter,
  ...funnel,
  ...glossary,
  ...queue,
  ...scorecard,
  ...term,
};

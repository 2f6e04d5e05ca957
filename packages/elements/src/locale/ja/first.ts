import type { AllWords } from '../index.ts';
import { choices } from './choices.ts';
import { common } from './common.ts';
import { core } from './core.ts';
import { filter } from './filter.ts';
import { funnel } from './funnel.ts';
import { glossary } from './glossary.ts';
import { handOut } from './hand-out.ts';
import { queue } from './queue.ts';
import { scorecard } from './scorecard.ts';
import { term } from './term.ts';

/** Japanese words of what stands there at first; those of what opens later are loaded with it. */
export const first: Omit<AllWords, 'behind'> = {
  ...core,
  ...common,
  ...choices,
  ...filter,
  ...funnel,
  ...glossary,
  ...handOut,
  ...queue,
  ...scorecard,
  ...term,
};

import type { Glossary } from '../../contracts/index.ts';
import { HANDOFF_TERMS } from './handoff-terms.ts';
import { MEASURE_TERMS } from './measure-terms.ts';
import { OPPORTUNITY_TERMS } from './opportunity-terms.ts';
import { PEOPLE_TERMS } from './people-terms.ts';
import { RATING_TERMS } from './rating-terms.ts';
import { SIGNAL_TERMS } from './signal-terms.ts';

/**
 * Fifty-four terms to start from, version 1.0.0. Nobody has agreed to them: each is a proposal for both teams.
 * The attributes their criteria read are explained in the `rule` of each term.
 * @public
 */
export const STARTING_LEXICON: Glossary = {
  v: 1,
  kind: 'glossary',
  lang: 'en',
  terms: [...PEOPLE_TERMS, ...SIGNAL_TERMS, ...RATING_TERMS, ...HANDOFF_TERMS, ...OPPORTUNITY_TERMS, ...MEASURE_TERMS],
};

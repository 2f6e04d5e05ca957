import * as z from 'zod/mini';
import { Criteria } from './criteria.ts';
import { Id, Key } from './primitives.ts';
import { DefinitionName, questionFrame } from './question-frame.ts';
import { Rating } from './score-fields.ts';

/** How good leads are: how many of each rating, and the leads themselves with what their scores are made of. @beta */
export const ScoreQuestion = z.strictObject({
  kind: z.literal('score'),
  ...questionFrame,
  score: DefinitionName,
  /** These persons or accounts, each with what would change its rating. Default: all. */
  ids: z.optional(z.array(Id).check(z.minLength(1), z.maxLength(100))),
  /** Which ratings to list. Default: all. */
  ratings: z.optional(z.array(Rating).check(z.minLength(1), z.maxLength(16))),
  segment: z.optional(Key),
  /** On the record that is rated. */
  filter: z.optional(Criteria),
  /** The most leads to list. Default: 25. */
  limit: z.optional(z.int().check(z.gte(0), z.lte(500))),
});
export type ScoreQuestion = z.infer<typeof ScoreQuestion>;

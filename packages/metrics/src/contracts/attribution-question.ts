import * as z from 'zod/mini';
import { AttributionModel, Dimension } from './attribution-fields.ts';
import { Criteria } from './criteria.ts';
import { Key } from './primitives.ts';
import { DefinitionName, PeriodText, questionFrame } from './question-frame.ts';

/** Who has a part in the conversions of a period. @beta */
export const AttributionQuestion = z.strictObject({
  kind: z.literal('attribution'),
  ...questionFrame,
  attribution: DefinitionName,
  /** Selects conversions by their day, half open; the look-back window may begin before. Default: all time. */
  period: z.optional(PeriodText),
  segment: z.optional(Key),
  /** On the record that converts. */
  filter: z.optional(Criteria),
  /** Default: the definition's. */
  by: z.optional(Dimension),
  /** Models to stand beside that of the definition. Default: linear, and first where the definition is linear. */
  models: z.optional(z.array(AttributionModel).check(z.minLength(1), z.maxLength(12))),
});
export type AttributionQuestion = z.infer<typeof AttributionQuestion>;

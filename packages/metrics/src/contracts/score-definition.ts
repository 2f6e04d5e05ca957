import type * as z from 'zod/mini';
import { scoringFaults } from './score-faults.ts';
import { ScoringFields } from './score-fields.ts';

/** A scoring model that can be used: its fields, checked against each other. @public */
export const ScoringModel = ScoringFields.check((context) => {
  for (const { path, reason, remedy } of scoringFaults(context.value)) {
    context.issues.push({ code: 'custom', path: [...path], message: reason, params: { remedy }, input: context.value });
  }
});
export type ScoringModel = z.infer<typeof ScoringModel>;

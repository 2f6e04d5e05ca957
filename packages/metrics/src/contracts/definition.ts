import * as z from 'zod/mini';
import { EventFunnelDefinition } from './event-funnel-definition.ts';
import { FunnelDefinition } from './funnel-definition.ts';
import { KpiDefinition } from './kpi-definition.ts';
import { ScoringModel } from './score-definition.ts';

/** Any definition: of a funnel, a KPI or a score. @public */
export const Definition = z.discriminatedUnion('kind', [
  z.discriminatedUnion('mode', [FunnelDefinition, EventFunnelDefinition]),
  KpiDefinition,
  ScoringModel,
]);
export type Definition = z.infer<typeof Definition>;

/** A definition as an answer names it. @public */
export const DefinitionRef = z.object({
  id: z.string(),
  version: z.string(),
  hash: z.string(),
  agreed: z.optional(z.array(z.string())),
});
export type DefinitionRef = z.infer<typeof DefinitionRef>;

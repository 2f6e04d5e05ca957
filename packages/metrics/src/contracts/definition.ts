import * as z from 'zod/mini';
import { AttributionDefinition } from './attribution-definition.ts';
import { EventFunnelDefinition } from './event-funnel-definition.ts';
import { FunnelDefinition } from './funnel-definition.ts';
import { KpiDefinition } from './kpi-definition.ts';
import { ScoringModel } from './score-definition.ts';

/** Any definition: of a funnel, a KPI or a score. @public */
export const Definition = z.discriminatedUnion('kind', [
  z.discriminatedUnion('mode', [FunnelDefinition, EventFunnelDefinition]),
  KpiDefinition,
  ScoringModel,
  AttributionDefinition,
]);
export type Definition = z.infer<typeof Definition>;

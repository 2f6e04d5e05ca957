import type * as z from 'zod/mini';
import { attributionFaults } from './attribution-faults.ts';
import { AttributionDefinitionFields } from './attribution-fields.ts';

/** How credit is shared, as both teams agreed on it. @beta */
export const AttributionDefinition = AttributionDefinitionFields.check((context) => {
  for (const { path, reason, remedy } of attributionFaults(context.value)) {
    context.issues.push({ code: 'custom', path: [...path], message: reason, params: { remedy }, input: context.value });
  }
});
export type AttributionDefinition = z.infer<typeof AttributionDefinition>;

import type * as z from 'zod/mini';
import { FunnelFields } from './funnel-fields.ts';
import { funnelFaults } from './funnel-faults.ts';

/**
 * The stage funnel. Every choice two tools could make differently is a field; what is left out
 * takes the default stated there, and `docs/how-sama-counts.md` says what each one does.
 * @public
 */
export const FunnelDefinition = FunnelFields.check((context) => {
  for (const { path, reason, remedy } of funnelFaults(context.value)) {
    context.issues.push({ code: 'custom', path: [...path], message: reason, params: { remedy }, input: context.value });
  }
});
export type FunnelDefinition = z.infer<typeof FunnelDefinition>;

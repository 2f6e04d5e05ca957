import type * as z from 'zod/mini';
import { eventFunnelFaults } from './event-funnel-faults.ts';
import { EventFunnelFields } from './event-funnel-fields.ts';

/**
 * The event-mode funnel. Every choice two tools could make differently is a field; what is left
 * out takes the default stated there, and `docs/event-funnel.md` says what each one does.
 * @public
 */
export const EventFunnelDefinition = EventFunnelFields.check((context) => {
  for (const { path, message } of eventFunnelFaults(context.value)) {
    context.issues.push({ code: 'custom', path: [...path], message, input: context.value });
  }
});
export type EventFunnelDefinition = z.infer<typeof EventFunnelDefinition>;

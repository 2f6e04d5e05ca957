import type { EventFunnelAnswer, EventFunnelDefinition, EventFunnelQuestion } from '../../contracts/index.ts';
import { OWNER_RIGHTS } from '../../contracts/index.ts';
import { createMemoryEngine, type MemoryData } from '../../engine/index.ts';

/** Asks the in-memory engine as a page would. @throws Error with the message of a refusal. */
export async function ask(
  data: MemoryData,
  definition: EventFunnelDefinition,
  question: Partial<EventFunnelQuestion> = {},
): Promise<EventFunnelAnswer> {
  const envelope = await createMemoryEngine(data).answer(
    { kind: 'eventFunnel', funnel: definition.id, ...question },
    { definitions: [definition], rights: OWNER_RIGHTS, asOf: '2030-01-01T00:00:00Z', timeZone: 'UTC' },
  );
  if (envelope.data?.kind !== 'eventFunnel') throw new Error(envelope.message ?? envelope.status);
  return envelope.data;
}

/** How many reached each step. */
export const countsOf = ({ steps }: EventFunnelAnswer): number[] => steps.map(({ count }) => count);

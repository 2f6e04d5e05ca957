import type {
  ActivityEvent,
  Criteria,
  EventFunnelAnswer,
  EventFunnelDefinition,
  EventFunnelQuestion,
  Scalar,
} from '../../contracts/index.ts';
import { OWNER_RIGHTS } from '../../contracts/index.ts';
import { createMemoryEngine, type MemoryData } from '../../engine/index.ts';

/** One event: what happened, when, and what the source says of it. */
export type Happening = readonly [name: string, at: string, attributes?: Readonly<Record<string, Scalar>>];

/** The events of somebody, in the order they were recorded. */
export function happenings(
  personId: string,
  events: readonly Happening[],
  part: Partial<ActivityEvent> = {},
): ActivityEvent[] {
  return events.map(([name, at, attributes = {}], i) => ({
    name,
    at,
    personId,
    attributes: { ...attributes },
    source: { system: 'web', recordId: `${personId}-${String(i + 1).padStart(6, '0')}` },
    batch: 'b1',
    ...part,
  }));
}

/** A definition of steps that have the names of their events, unless said otherwise. */
export function funnelOf(
  steps: readonly (string | EventFunnelDefinition['steps'][number])[],
  choices: Partial<EventFunnelDefinition> = {},
): EventFunnelDefinition {
  return {
    kind: 'funnel',
    mode: 'event',
    id: 'events',
    version: '1.0.0',
    owners: ['marketing'],
    steps: steps.map((step, i) => (typeof step === 'string' ? { id: `s${i}`, event: step } : step)),
    ...choices,
  };
}

/** All of these attributes. */
export const having = (attributes: Readonly<Record<string, Scalar>>): Criteria => ({
  all: Object.entries(attributes).map(([name, eq]) => ({ field: `attributes.${name}`, eq })),
});

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

/** Who reached each step, by asking for each person apart. */
export async function personsByStep(
  data: MemoryData,
  definition: EventFunnelDefinition,
  question: Partial<EventFunnelQuestion> = {},
): Promise<string[][]> {
  const { breakdown, steps } = await ask(data, definition, {
    ...question,
    breakdown: { event: 'personId', limit: 1000 },
  });
  return steps.map((_, i) =>
    (breakdown?.groups ?? []).flatMap((g) => ((g.steps[i]?.count ?? 0) > 0 ? [String(g.key)] : [])).sort(),
  );
}

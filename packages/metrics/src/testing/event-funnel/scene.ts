import type { ActivityEvent, Criteria, EventFunnelDefinition, Scalar } from '../../contracts/index.ts';

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

/** So many minutes after the beginning of 2026, UTC. */
export const minute = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();

/** A moment of a day of January 2026, UTC. */
export const day = (n: number, time = '12:00:00'): string => `2026-01-${String(n).padStart(2, '0')}T${time}Z`;

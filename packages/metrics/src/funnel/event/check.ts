import type { Definition, EventFunnelDefinition, Fault } from '../../contracts/index.ts';
import { DEFAULT_SIDE_STAGES } from '../../definitions/lead-to-won.ts';
import { isStageFunnel } from '../../definitions/funnels.ts';

const PREFIX = 'stage:';

/**
 * The stages that an event funnel reads and no funnel of stages has. Empty when all is well, or when there is no
 * funnel of stages to tell. Fields are paths in the definition.
 */
export function eventFunnelStageFaults(
  { source = 'activities', steps, exclusions = [] }: EventFunnelDefinition,
  definitions: readonly Definition[],
): Required<Fault>[] {
  if (source === 'activities') return [];
  const known = new Set(
    definitions
      .filter(isStageFunnel)
      .flatMap(({ stages, side }) => [...stages, ...(side ?? DEFAULT_SIDE_STAGES)].map(({ key }) => key)),
  );
  if (known.size === 0) return [];
  const remedy = `use one of ${[...known].map((key) => PREFIX + key).join(', ')}`;
  const read = [
    ...steps.map(({ event }, i) => ({ field: `steps.${i}.event`, event })),
    ...exclusions.map(({ event }, i) => ({ field: `exclusions.${i}.event`, event })),
  ];
  return read.flatMap(({ field, event = [] }) =>
    [event].flat().flatMap((name) => {
      if (!name.startsWith(PREFIX)) {
        const reason = `"${name}" is no entry into a stage, and source "stages" has nothing else`;
        return source === 'stages' ? [{ field, reason, remedy: `${remedy}, or source "both"` }] : [];
      }
      const key = name.slice(PREFIX.length);
      return known.has(key) ? [] : [{ field, reason: `"${key}" is no stage of any funnel`, remedy }];
    }),
  );
}

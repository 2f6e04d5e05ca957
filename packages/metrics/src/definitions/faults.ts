import { journeyFaults } from '../attribution/check.ts';
import type { Definition, Fault } from '../contracts/index.ts';
import { eventFunnelStageFaults } from '../funnel/event/check.ts';
import { kpiFaults } from '../kpi/answer/check.ts';

/**
 * What definitions say of one another that cannot be, with the path of each field in its place; what each says of
 * itself, its schema has looked at. Empty when all is well.
 *
 * @param place the definitions of one file, in its order.
 * @param definitions all that are known, those of other places included.
 * @beta
 */
export function definitionFaults(place: readonly Definition[], definitions: readonly Definition[]): Required<Fault>[] {
  return place.flatMap((definition, i) =>
    faultsOf(definition, definitions).map((fault) => ({ ...fault, field: `definitions.${i}.${fault.field}` })),
  );
}

function faultsOf(definition: Definition, definitions: readonly Definition[]): Required<Fault>[] {
  if (definition.kind === 'kpi') return kpiFaults(definition, definitions);
  if (definition.kind === 'funnel' && definition.mode === 'event')
    return eventFunnelStageFaults(definition, definitions);
  return definition.kind === 'attribution' ? journeyFaults(definition, definitions) : [];
}

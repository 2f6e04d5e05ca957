import type { AttributionDefinition, Definition, Fault } from '../contracts/index.ts';
import { isStageFunnel } from '../definitions/funnels.ts';

/**
 * What of an attribution cannot be asked: a funnel or stage that is not defined, a group its grain does not have.
 * Empty when all is well. Fields are paths in the definition.
 *
 * @param definitions all that are known.
 */
export function journeyFaults(
  { journeys }: AttributionDefinition,
  definitions: readonly Definition[],
): Required<Fault>[] {
  if (journeys === undefined) return [];
  const funnels = definitions.filter(isStageFunnel);
  const name = journeys.funnel;
  const funnel = funnels.find(({ id, version }) => name === id || name === `${id}@${version}`);
  if (funnel === undefined) {
    const known = [...new Set(funnels.map(({ id }) => id))].join(', ');
    const remedy = `use one of ${known === '' ? 'none' : known}, or define it`;
    return [{ field: 'journeys.funnel', reason: `funnel "${name}" is not defined`, remedy }];
  }
  const stages = funnel.stages.map(({ key }) => key);
  const faults = (['conversion', 'leadCreation', 'opportunityCreation'] as const).flatMap((field) => {
    const key = journeys[field];
    if (key === undefined || stages.includes(key)) return [];
    const reason = `"${key}" is no stage of funnel "${funnel.id}"`;
    return [{ field: `journeys.${field}`, reason, remedy: `use one of ${stages.join(', ')}` }];
  });
  const missing =
    (journeys.group === 'opportunity' && funnel.grain !== 'opportunity') ||
    (journeys.group === 'person' && funnel.grain === 'account');
  if (missing) {
    const reason = `a funnel of grain "${funnel.grain}" has no ${journeys.group} of its own`;
    const remedy = funnel.grain === 'account' ? 'use "account"' : 'use "account" or "person"';
    faults.push({ field: 'journeys.group', reason, remedy });
  }
  return faults;
}

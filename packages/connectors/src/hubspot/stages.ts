import { tally } from '../port/connector.ts';
import type { StageOption, StageValues } from '../port/stages.ts';
import type { CrmObject, Pipeline } from './shapes.ts';

/** A property whose values are stages. */
export interface Followed {
  property: string;
  stages: StageValues;
  /** Where the date of a value stands when its history does not reach back to it. */
  stamps: ReadonlyMap<string, string>;
}

/** The stages a record entered by a property, oldest first; values that are no stage are counted. */
export function entered(
  record: CrmObject,
  { property, stages, stamps }: Followed,
  unsupported: Record<string, number>,
): { value: string; stage: string; at: string }[] {
  const past = (record.propertiesWithHistory?.[property] ?? []).toReversed();
  const found: { value: string; stage: string; at: string }[] = [];
  const seen = new Set<string>();
  let before: string | null = null;
  for (const { value, timestamp } of past) {
    // A value written over itself is no new entry.
    const same = value === before;
    before = value;
    if (same || value === null || value === '') continue;
    seen.add(value);
    const stage = stages.values.get(value);
    if (stage !== undefined) found.push({ value, stage, at: timestamp });
    else if (!stages.ignored.has(value)) tally(unsupported, `${property}: ${stages.label(value)}`);
  }
  for (const [value, name] of stamps) {
    const at = record.properties[name];
    const stage = stages.values.get(value);
    if (at && stage !== undefined && !seen.has(value)) found.push({ value, stage, at });
  }
  return found.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** What HubSpot means by its own lifecycle stages; others are known by their labels. */
export function usualLifecycle({ value }: StageOption): readonly string[] {
  return LIFECYCLE.get(value) ?? [];
}

const LIFECYCLE: ReadonlyMap<string, readonly string[]> = new Map([
  ['subscriber', ['inquiry']],
  ['lead', ['lead']],
  ['marketingqualifiedlead', ['mql']],
  ['salesqualifiedlead', ['sql']],
  ['opportunity', ['opportunity']],
  ['customer', ['customer', 'won']],
]);

/** What HubSpot means by the stages that come with the pipeline of leads. */
export function usualLeadStage({ value }: StageOption): readonly string[] {
  if (value === 'qualified-stage-id') return ['sql'];
  return value === 'unqualified-stage-id' ? ['disqualified'] : [];
}

/** The stages of all pipelines, and what closes a deal: `isClosed` and the chance it has then. */
export function pipelineStages(pipelines: readonly Pipeline[]): {
  options: StageOption[];
  closed: (option: StageOption) => readonly string[];
} {
  const options: StageOption[] = [];
  const closed = new Map<string, string>();
  for (const pipeline of pipelines) {
    for (const { id, label, metadata } of pipeline.stages) {
      options.push({ value: id, label: pipelines.length === 1 ? label : `${label} (${pipeline.label})` });
      if (metadata?.['isClosed'] === 'true') closed.set(id, Number(metadata['probability']) === 1 ? 'won' : 'lost');
    }
  }
  return { options, closed: ({ value }) => [closed.get(value) ?? []].flat() };
}

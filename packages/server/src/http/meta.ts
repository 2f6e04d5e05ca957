import type { Definition, DefinitionSummary, Meta, Segment } from '@sama/metrics/contracts';
import { DEFAULT_SIDE_STAGES, definitionHash, isEventFunnel } from '@sama/metrics/definitions';
import type { Desk } from './answer.ts';
import type { ElementFiles } from './element-files.ts';
import { versionsOf } from './live.ts';

/** A definition without what only an engine needs. */
function summarize(definition: Definition): DefinitionSummary {
  const common = {
    id: definition.id,
    version: definition.version,
    hash: definitionHash(definition),
    label: definition.label ?? definition.id,
    owners: definition.owners,
    agreedBy: (definition.agreedBy ?? []).map(({ team }) => team),
  };
  const segmentsOf = (segments: readonly Segment[] = []): DefinitionSummary['segments'] =>
    segments.map(({ id, label }) => ({ key: id, label: label ?? id }));
  if (definition.kind !== 'funnel') {
    return { kind: definition.kind, ...common, stages: [], side: [], segments: segmentsOf(definition.segments) };
  }
  if (isEventFunnel(definition)) {
    const stages = definition.steps.map(({ id, label, owner }) => ({
      key: id,
      label: label ?? id,
      owner: owner ?? 'both',
    }));
    return { kind: 'funnel', mode: 'event', ...common, stages, side: [], segments: segmentsOf(definition.segments) };
  }
  return {
    kind: 'funnel',
    ...common,
    stages: definition.stages.map(({ key, label, owner }) => ({ key, label: label ?? key, owner })),
    side: (definition.side ?? DEFAULT_SIDE_STAGES).map(({ key, label }) => ({ key, label: label ?? key })),
    segments: segmentsOf(definition.segments),
  };
}

/** What this server is and offers, at this moment. */
export function metaOf(desk: Desk, elements: ElementFiles, version: string, dataThrough: string | undefined): Meta {
  return {
    v: 1,
    server: version,
    engine: desk.engineName,
    ...versionsOf(desk),
    ...(dataThrough === undefined ? {} : { dataThrough }),
    asOf: desk.asOf(),
    timeZone: desk.timeZone(),
    demo: desk.demo(),
    definitions: desk.definitions().map(summarize),
    questions: ['funnel', 'measure', 'kpi', ...(desk.ledger === undefined ? [] : ['handoffs', 'glossary'])],
    capabilities: ['query', 'batch', 'live', ...(desk.ledger === undefined ? [] : ['commands'])],
    elements: { version: elements.version, files: [...elements.listed] },
  };
}

import type { Definition, DefinitionSummary, Meta, Segment } from '@sama/metrics/contracts';
import { DEFAULT_SIDE_STAGES, definitionHash, isEventFunnel } from '@sama/metrics/definitions';
import { type Desk, groundFor } from './answer.ts';
import type { ElementFiles } from './element-files.ts';
import { versionsOf } from './live.ts';
import { allows } from '../sign-in/grant.ts';
import type { Signed } from '../sign-in/signed.ts';

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

/** What this server is and offers, at this moment, to somebody. */
export function metaOf(
  desk: Desk,
  elements: ElementFiles,
  { version, dataThrough }: { version: string; dataThrough: string | undefined },
  signed: Signed,
): Meta {
  const ledger = desk.ledger !== undefined;
  const drills = signed.rights.caps.includes('drill');
  const kinds = [
    'funnel',
    'difference',
    'measure',
    'kpi',
    ...(drills ? ['records'] : []),
    ...(ledger ? ['handoffs', 'glossary'] : []),
  ];
  const answered = signed.suppress === 0 ? kinds : kinds.filter((kind) => kind === 'funnel' || kind === 'glossary');
  const acts = ledger && signed.actor !== undefined && signed.rights.caps.includes('act');
  return {
    v: 1,
    server: version,
    engine: desk.engineName,
    ...versionsOf(desk, signed),
    ...(dataThrough === undefined ? {} : { dataThrough }),
    asOf: groundFor(desk, signed).asOf(),
    timeZone: desk.timeZone(),
    demo: desk.demo(),
    definitions: desk
      .definitions()
      .filter((one) => mayName(signed, one))
      .map(summarize),
    questions: answered.filter((kind) => asks(signed, kind)),
    capabilities: ['query', 'batch', 'live', ...(acts ? ['commands'] : [])],
    elements: { version: elements.version, files: [...elements.listed] },
  };
}

/** Whether some question of this kind may be asked. */
function asks({ scopes }: Signed, kind: string): boolean {
  // By the rights to funnels.
  const needed = kind === 'difference' ? 'funnel' : kind;
  return scopes.some((scope) => scope === '*' || scope === needed || scope.startsWith(`${needed}:`));
}

/** Whether some question may name this definition: what a reader may not ask of is not listed. */
function mayName({ scopes }: Signed, { kind, id }: Definition): boolean {
  const kinds = kind === 'funnel' ? ['funnel', 'eventFunnel'] : kind === 'kpi' ? ['kpi', 'measure'] : [kind];
  return kinds.some((one) => allows(scopes, `${one}:${id}`));
}

import { durationMs } from '../time/duration.ts';
import type { Criteria } from './criteria.ts';
import { fieldsOf } from './event-funnel-faults.ts';
import type { FunnelFields } from './funnel-fields.ts';
import { DEFAULT_SIDE_STAGES } from './side-stages.ts';

type Path = readonly (string | number)[];

/** Something a stage funnel says that cannot be counted, and what would help. */
export interface FunnelFault {
  path: Path;
  reason: string;
  remedy: string;
}

/** What the fields of a stage funnel say against each other; empty when all is well. */
export function funnelFaults(definition: FunnelFields): FunnelFault[] {
  return [
    ...ownerFaults(definition),
    ...keyFaults(definition),
    ...stageFaults(definition),
    ...handoffFaults(definition),
    ...choiceFaults(definition),
    ...criteriaFaults(definition),
  ];
}

const sideOf = ({ side }: FunnelFields): readonly { key: string }[] => side ?? DEFAULT_SIDE_STAGES;
const keysOf = (stages: readonly { key: string }[]): string => stages.map(({ key }) => key).join(', ');

function* ownerFaults({ owners }: FunnelFields): Iterable<FunnelFault> {
  const remedy = 'name the teams that answer for it, such as marketing and sales';
  if (owners.length === 0) yield { path: ['owners'], reason: 'is empty', remedy };
}

/** A stage stands once, on the main line or beside it; a segment has an id of its own. */
function* keyFaults(definition: FunnelFields): Iterable<FunnelFault> {
  const seen = new Map<string, string>();
  const places: [string, readonly { key: string }[]][] = [
    ['stages', definition.stages],
    ['side', sideOf(definition)],
  ];
  for (const [name, stages] of places) {
    for (const [i, { key }] of stages.entries()) {
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, name === 'side' && definition.side === undefined ? 'the default side stages' : `${name}.${i}`);
        continue;
      }
      // The default side stages are written nowhere: what can be changed is the main stage of the same key.
      const byDefault = name === 'side' && definition.side === undefined;
      yield byDefault
        ? {
            path: [...first.split('.'), 'key'],
            reason: `"${key}" is also a default side stage`,
            remedy: 'give it another key, or list the side stages of your own in side',
          }
        : {
            path: [name, i, 'key'],
            reason: `"${key}" is also the key of ${first}`,
            remedy: 'give each stage its own key',
          };
    }
  }
  const ids = (definition.segments ?? []).map(({ id }) => id);
  for (const [i, id] of ids.entries()) {
    if (ids.indexOf(id) === i) continue;
    const reason = `"${id}" is also the id of segments.${ids.indexOf(id)}`;
    yield { path: ['segments', i, 'id'], reason, remedy: 'give each segment its own id' };
  }
}

function* unknownStage(stages: FunnelFields['stages'], key: string | undefined, path: Path): Iterable<FunnelFault> {
  if (key === undefined || stages.some((stage) => stage.key === key)) return;
  yield { path, reason: `"${key}" is no stage of this funnel`, remedy: `use one of ${keysOf(stages)}` };
}

function* stageFaults({ stages, anchor, reentryStage }: FunnelFields): Iterable<FunnelFault> {
  yield* unknownStage(stages, anchor, ['anchor']);
  yield* unknownStage(stages, reentryStage, ['reentryStage']);
}

function* handoffFaults({ stages, handoff }: FunnelFields): Iterable<FunnelFault> {
  if (handoff === undefined) return;
  const { from, to, within } = handoff;
  yield* unknownStage(stages, from, ['handoff', 'from']);
  yield* unknownStage(stages, to, ['handoff', 'to']);
  const at = (key: string): number => stages.findIndex((stage) => stage.key === key);
  if (at(from) >= 0 && at(to) >= 0 && at(to) <= at(from)) {
    const remedy = `use a stage after ${from}`;
    yield { path: ['handoff', 'to'], reason: `"${to}" does not come after "${from}"`, remedy };
  }
  if (durationMs(within) === 0) {
    const remedy = 'write a time above 0, such as { "hours": 24 }';
    yield { path: ['handoff', 'within'], reason: 'is no time to decide in', remedy };
  }
}

function* choiceFaults({ window, entryPolicy = 'first', unit }: FunnelFields): Iterable<FunnelFault> {
  if (window !== undefined && durationMs(window) === 0) {
    const remedy = 'write a time above 0, such as { "days": 90 }, or leave it out';
    yield { path: ['window'], reason: 'lets nobody convert: it has no length', remedy };
  }
  if (unit === 'entity' && entryPolicy === 'every') {
    const remedy = 'use unit "cycle" or "visit", or entryPolicy "first" or "last"';
    yield { path: ['unit'], reason: '"entity" counts each once, which entryPolicy "every" does not', remedy };
  }
  if (unit === 'cycle' && entryPolicy !== 'every') {
    const remedy = 'use entryPolicy "every", or leave unit out';
    yield {
      path: ['unit'],
      reason: `"cycle" makes each cycle a trial, entryPolicy "${entryPolicy}" one of all`,
      remedy,
    };
  }
}

function* criteriaFaults(definition: FunnelFields): Iterable<FunnelFault> {
  const stages = [...definition.stages, ...sideOf(definition)];
  const unreachable = function* (criteria: Criteria | undefined, path: Path): Iterable<FunnelFault> {
    for (const field of fieldsOf(criteria)) {
      const key = field.startsWith('reached.') ? field.slice('reached.'.length) : undefined;
      if (key === undefined || stages.some((stage) => stage.key === key)) continue;
      const remedy = `use one of ${keysOf(stages)}`;
      yield { path, reason: `reads ${field}, and "${key}" is no stage of this funnel`, remedy };
    }
  };
  yield* unreachable(definition.where, ['where']);
  for (const [i, { where }] of (definition.segments ?? []).entries())
    yield* unreachable(where, ['segments', i, 'where']);
}

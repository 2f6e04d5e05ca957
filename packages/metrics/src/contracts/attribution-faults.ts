import { durationMs } from '../time/duration.ts';
import type { AttributionChoices, AttributionDefinitionFields, TouchRule } from './attribution-fields.ts';
import { fieldsOf } from './event-funnel-faults.ts';

type Path = readonly (string | number)[];

/** Something an attribution says that cannot be used, and what would help. */
export interface AttributionFault {
  path: Path;
  reason: string;
  remedy: string;
}

/** What the fields of an attribution say against each other; empty when all is well. */
export function attributionFaults(definition: AttributionDefinitionFields): AttributionFault[] {
  const { owners, journeys } = definition;
  const faults = [...choiceFaults(definition), ...(journeys?.touches ?? []).flatMap(touchFaults)];
  if (owners.length === 0) {
    const remedy = 'name the teams that own the definition';
    faults.push({ path: ['owners'], reason: 'the list is empty', remedy });
  }
  return faults;
}

/** What choices say against each other. */
export function choiceFaults({ model, lookback }: AttributionChoices): AttributionFault[] {
  const faults: AttributionFault[] = [];
  if (lookback !== undefined && lookback !== 'none' && durationMs(lookback) === 0) {
    const remedy = 'give a length of time above 0, or "none"';
    faults.push({ path: ['lookback'], reason: 'a window of 0 holds no touch', remedy });
  }
  if (model.model === 'timeDecay' && model.halfLife !== undefined && durationMs(model.halfLife) === 0) {
    const remedy = 'give a length of time above 0';
    faults.push({ path: ['model', 'halfLife'], reason: '0 is no time to lose half in', remedy });
  }
  return faults;
}

function touchFaults({ event, where }: TouchRule, i: number, rules: readonly TouchRule[]): AttributionFault[] {
  const path = ['journeys', 'touches', i];
  const faults: AttributionFault[] = [];
  const wrong = fieldsOf(where).find((field) => /^(id|stage|currentStage|reached\..*)$/.test(field));
  if (wrong !== undefined) {
    const remedy = 'use its attributes.NAME, amount, currency, owner or links';
    faults.push({ path: [...path, 'where'], reason: `an event has no field "${wrong}"`, remedy });
  }
  if (event === undefined && where === undefined && i < rules.length - 1) {
    const remedy = 'put it last, or set event or where';
    faults.push({ path, reason: 'every event fits, so that no later rule is ever asked', remedy });
  }
  return faults;
}

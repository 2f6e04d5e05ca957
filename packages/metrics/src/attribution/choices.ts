import { InputError } from '../errors.ts';
import { readInput } from '../read-input.ts';
import { durationMs } from '../time/duration.ts';
import {
  AttributionChoices,
  AttributionDefinition,
  type AttributionModel,
  type Dimension,
  type FilledChoices,
  type Touch,
} from './contracts.ts';
import { DEFAULT_HALF_LIFE } from './touch-weights.ts';

/** Choices, or those of a definition, with every default filled in. @throws InputError */
export function fillChoices(input: AttributionChoices | AttributionDefinition): FilledChoices {
  const name = typeof input === 'object' && input !== null && 'kind' in input ? 'definition' : 'choices';
  const read = name === 'definition' ? readDefinition(input) : readInput(AttributionChoices, input, name);
  const { model, lookback = { days: 180 }, duplicates = { minutes: 30 }, sourcePriority = [], by = 'channel' } = read;
  if (lookback !== 'none' && durationMs(lookback) === 0) {
    throw new InputError(
      `${name}.lookback`,
      'a window of 0 holds no touch',
      'give a length of time above 0, or "none"',
    );
  }
  if (model.model === 'timeDecay' && model.halfLife !== undefined && durationMs(model.halfLife) === 0) {
    throw new InputError(`${name}.model.halfLife`, '0 is no time to lose half in', 'give a length of time above 0');
  }
  return { model: fillModel(model), lookback, duplicates, sourcePriority, by };
}

function readDefinition(input: unknown): AttributionDefinition {
  const definition = readInput(AttributionDefinition, input, 'definition');
  if (definition.owners.length === 0) {
    throw new InputError('definition.owners', 'the list is empty', 'name the teams that own the definition');
  }
  return definition;
}

function fillModel(model: AttributionModel): AttributionModel {
  switch (model.model) {
    case 'lastNonDirect':
      return { ...model, direct: model.direct ?? 'direct' };
    case 'uShaped':
    case 'wShaped':
    case 'fullPath':
      return { ...model, middleScope: model.middleScope ?? 'between' };
    case 'timeDecay':
      return { ...model, halfLife: model.halfLife ?? DEFAULT_HALF_LIFE };
    case 'markov':
      return { ...model, order: model.order ?? 1 };
    default:
      return model;
  }
}

/** What a touch says of a dimension. */
export function nameIn(touch: Touch, by: Dimension): string | null {
  return touch[by] ?? null;
}

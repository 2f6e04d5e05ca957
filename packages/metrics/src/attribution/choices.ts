import { choiceFaults } from '../contracts/attribution-faults.ts';
import { InputError } from '../errors.ts';
import { readInput } from '../read-input.ts';
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
  const read = readInput(name === 'definition' ? AttributionDefinition : AttributionChoices, input, name);
  const { model, lookback = { days: 180 }, duplicates = { minutes: 30 }, sourcePriority = [], by = 'channel' } = read;
  const [fault] = choiceFaults(read);
  if (fault !== undefined) throw new InputError([name, ...fault.path].join('.'), fault.reason, fault.remedy);
  return { model: fillModel(model), lookback, duplicates, sourcePriority, by };
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

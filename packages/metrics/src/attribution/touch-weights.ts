import { InputError } from '../errors.ts';
import { durationMs } from '../time/duration.ts';
import { fullPath, positionBased, uShaped, wShaped, type Anchors } from './anchored.ts';
import type { RuleModel } from './contracts.ts';
import { firstTouch, lastNonDirect, lastTouch, linear, needAge, timeDecay } from './rules.ts';

/** A touch as the rule-based models see it. @beta */
export interface AgedTouch {
  channel: string;
  /** Elapsed milliseconds from the touch to the conversion, 0 or more. */
  age: number;
}

/** Of time decay. Deals between businesses take months; the classic choice for consumers is 7 days. @beta */
export const DEFAULT_HALF_LIFE = { days: 30 };

/**
 * The parts of one journey's touches under a rule-based model, for `weights` or `apportion`.
 *
 * @param touches earliest first, at least one.
 * @throws InputError: no touch, one after the conversion, an anchor that is no
 * touch, a half-life that is not above 0, or a model that is not known.
 * @beta
 */
export function ruleParts(model: RuleModel, touches: readonly AgedTouch[], anchors: Anchors = {}): number[] {
  const n = touches.length;
  touches.forEach(({ age }, i) => needAge(age, i));
  switch (model.model) {
    case 'first':
      return firstTouch(n);
    case 'last':
      return lastTouch(n);
    case 'lastNonDirect':
      return lastNonDirect(
        touches.map(({ channel }) => channel),
        model.direct,
      );
    case 'linear':
      return linear(n);
    case 'positionBased':
      return positionBased(n);
    case 'uShaped':
      return uShaped(n, anchors, model.middleScope);
    case 'wShaped':
      return wShaped(n, anchors, model.middleScope);
    case 'fullPath':
      return fullPath(n, anchors, model.middleScope);
    case 'timeDecay':
      return timeDecay(
        touches.map(({ age }) => age),
        durationMs(model.halfLife ?? DEFAULT_HALF_LIFE),
      );
    default:
      throw unknownModel(model);
  }
}

function unknownModel({ model }: { model: string }): InputError {
  return new InputError(
    'model',
    `"${model}" is no rule-based model`,
    'use first, last, lastNonDirect, linear, positionBased, uShaped, wShaped, fullPath or timeDecay',
  );
}

import type { TouchCredit } from './answer.ts';
import { nameIn } from './choices.ts';
import type { AttributionModel, Dimension } from './contracts.ts';
import type { EligibleJourney } from './eligible.ts';
import { moneyOf, shareMoney } from './money.ts';
import { weights } from './rules.ts';
import { ruleParts } from './touch-weights.ts';

/** The credit of each touch of a journey with at least one. */
export function creditTouches(
  eligible: EligibleJourney,
  model: Exclude<AttributionModel, { model: 'markov' }>,
  by: Dimension,
): TouchCredit[] {
  const { journey, touches, anchors } = eligible;
  const aged = touches.map(({ touch, age }) => ({ channel: touch.channel, age }));
  const parts = model.model === 'shapley' ? shapleyParts(eligible, by) : ruleParts(model, aged, anchors);
  const shares = weights(parts);
  const amounts = shareMoney(moneyOf(journey), parts);
  return touches.map(({ touch, at }, i) => ({
    journeyId: journey.id,
    touch,
    at: new Date(at).toISOString(),
    precision: touch.at.includes('T') ? 'instant' : 'day',
    weight: shares[i] ?? 0,
    amount: amounts[i] ?? { value: null, reason: 'no-value' },
  }));
}

/** One part to each distinct player, shared equally by the player's touches; whole numbers. */
function shapleyParts({ touches }: EligibleJourney, by: Dimension): number[] {
  const counts = new Map<string | null, number>();
  for (const { touch } of touches) {
    const name = nameIn(touch, by);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const whole = [...counts.values()].reduce((multiple, count) => (multiple * count) / divisor(multiple, count), 1);
  return touches.map(({ touch }) => whole / (counts.get(nameIn(touch, by)) ?? 1));
}

/** The greatest common divisor. */
function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

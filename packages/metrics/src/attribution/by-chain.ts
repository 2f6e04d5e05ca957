import type { CreditRow } from './answer.ts';
import { nameIn } from './choices.ts';
import type { Dimension } from './contracts.ts';
import type { EligibleJourney } from './eligible.ts';
import { markov } from './markov.ts';
import { moneyOf, shareMoney, sumMoney } from './money.ts';

/** Removal effects carry errors in their last bits; beyond this precision equal ones are equal. */
const STEPS = 2 ** 44;

/** The credit of a Markov chain over journeys with at least one touch. */
export function creditByChain(journeys: readonly EligibleJourney[], by: Dimension, order: number): CreditRow[] {
  const paths = journeys.map(({ journey, touches }) => {
    const converted = journey.converted !== false;
    return {
      path: touches.map(({ touch }) => nameIn(touch, by) ?? ''),
      conversions: converted ? 1 : 0,
      nulls: converted ? 0 : 1,
    };
  });
  const { channels } = markov(paths, { order });
  const worth = sumMoney(journeys.filter(({ journey }) => journey.converted !== false).map((j) => moneyOf(j.journey)));
  const amounts = shareMoney(
    worth,
    channels.map(({ removalEffect }) => Math.round(removalEffect * STEPS)),
  );
  return channels.map(({ channel, credit, removalEffect }, i) => ({
    key: channel,
    conversions: credit,
    amount: amounts[i] ?? { value: null, reason: 'no-value' },
    removalEffect,
  }));
}

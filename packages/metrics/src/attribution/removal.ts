import type { Chain } from './chain.ts';
import type { Reduced } from './reduced.ts';
import { Sparse } from './sparse.ts';

/** While channels are many, only states of so few pairs of a way in and a way out go: others would fill the chain … */
const CHEAP = 6;
/** … unless so many states go for each that stays. */
const FEW = 4;

/**
 * The removal effect of each channel: the share of the conversions that is lost when every state
 * with the channel leads to nothing, 0 to 1, by channel number.
 *
 * A walk converts without the channel exactly if it converts without passing a state of it. So with
 * all other states eliminated, what flows from the start straight to a conversion is kept, and what
 * gets there only once the channel's own states are eliminated too is lost. So a channel that every
 * conversion passes has the effect 1, and one that none passes 0, exactly.
 *
 * The other states differ little from channel to channel: half the channels share the elimination of
 * the other half's states, a quarter that of the next, and so on.
 */
export function removalEffects(chain: Chain, channels: number): number[] {
  const effects = Array.from({ length: channels }, () => 0);
  const split = (before: Reduced, from: number, to: number): void => {
    const has = (state: number): boolean =>
      chain.channels[state]?.some((channel) => channel >= from && channel < to) === true;
    const others = before.states.filter((state) => !has(state));
    const few = others.length > FEW * (before.states.length - others.length);
    const reduced = before.without(others, few || to - from === 1 ? Number.POSITIVE_INFINITY : CHEAP);
    if (to - from === 1) {
      effects[from] = lostShare(reduced);
      return;
    }
    const middle = (from + to) >> 1;
    split(reduced, from, middle);
    split(reduced, middle, to);
  };
  const states = chain.channels.map((_, state) => state).slice(1);
  if (channels > 0) split(new Sparse(chain, states), 0, channels);
  return effects;
}

function lostShare(reduced: Reduced): number {
  const all = reduced.without(reduced.states, Number.POSITIVE_INFINITY).converting;
  return all === 0 ? 0 : (all - reduced.converting) / all;
}

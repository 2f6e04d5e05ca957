import { InputError } from '../errors.ts';
import { buildChain } from './chain.ts';
import type { PathCount } from './contracts.ts';
import { codePaths } from './paths.ts';
import { removalEffects } from './removal.ts';

/** A channel and what it is credited with. @beta */
export interface ChannelCredit {
  channel: string;
  /** Conversions, not rounded. The credits of all channels add up to all conversions. */
  credit: number;
}

/** A channel's credit and the loss without it. @beta */
export interface MarkovChannel extends ChannelCredit {
  /** The share of conversions that is lost without the channel, 0 to 1. */
  removalEffect: number;
}

/** What a Markov chain of the paths credits to each channel. @beta */
export interface MarkovAttribution {
  /** `no-conversions`: there is nothing to share, all effects and credits are 0. */
  status: 'ok' | 'no-conversions';
  conversions: number;
  /** The probability of a conversion: conversions ÷ journeys, exactly. Null without a journey. */
  probability: { value: number } | { value: null; reason: 'zero-denominator' };
  /** By code point of the name. */
  channels: MarkovChannel[];
}

/**
 * Attribution by a Markov chain: credit = RE ÷ ΣRE × conversions, where the removal effect
 * RE(c) = 1 − P(conversion without c) ÷ P(conversion).
 *
 * The chain has the transitions of the paths from `(start)` to `(conversion)` or `(null)`; without c
 * every state that contains it leads to `(null)`. The linear system is solved directly: there is no
 * simulation and no iteration, equal input gives equal output to the last bit, in any order of rows.
 * At order 1 a repeat of a channel changes nothing; at a higher order it is a touch like any other.
 * Source: Anderl et al., International Journal of Research in Marketing 33 (2016) 457–474.
 *
 * @param paths journeys with at least one touch, counted; the same path may come more than once.
 * @param options.order how many touches back the chain remembers, default 1.
 * @throws InputError for an empty path, a count that is no whole number, or an
 * order below 1.
 * @beta
 */
export function markov(paths: readonly PathCount[], { order = 1 }: { order?: number } = {}): MarkovAttribution {
  if (!Number.isSafeInteger(order) || order < 1) {
    throw new InputError('order', `${order} is no order of a chain`, 'give a whole number from 1 on');
  }
  const coded = codePaths(paths);
  const { channels, conversions, nulls } = coded;
  const effects = conversions === 0 ? channels.map(() => 0) : removalEffects(buildChain(coded, order), channels.length);
  const sum = effects.reduce((all, effect) => all + effect, 0);
  return {
    status: conversions === 0 ? 'no-conversions' : 'ok',
    conversions,
    probability:
      conversions + nulls === 0
        ? { value: null, reason: 'zero-denominator' }
        : { value: conversions / (conversions + nulls) },
    channels: channels.map((channel, code) => {
      const removalEffect = effects[code] ?? 0;
      return { channel, removalEffect, credit: sum === 0 ? 0 : (removalEffect / sum) * conversions };
    }),
  };
}

import type { PathCount } from './contracts.ts';
import type { ChannelCredit } from './markov.ts';
import { codePaths } from './paths.ts';

/** What the closed form of the Shapley value credits to each channel. @beta */
export interface ShapleyAttribution {
  /** `no-conversions`: there is nothing to share, all credits are 0. */
  status: 'ok' | 'no-conversions';
  conversions: number;
  /** By code point of the name. */
  channels: ChannelCredit[];
}

/**
 * The Shapley value of the game v(S) = conversions of the journeys that touch no channel outside S.
 *
 * Such a game is a sum of unanimity games, one for each journey, and each of those pays its players
 * alike. So the value has a closed form: every journey's conversions, split equally over its distinct
 * channels. It is exact and as long as the touches; journeys without a conversion change nothing.
 * For any other game see `shapleyValue`. Source: Shapley, Annals of Mathematics Studies 28 (1953) 307–317.
 *
 * @param paths journeys with at least one touch, counted; the same path may come more than once.
 * @throws InputError for an empty path or a count that is no whole number.
 * @beta
 */
export function shapley(paths: readonly PathCount[]): ShapleyAttribution {
  const { channels, rows, conversions } = codePaths(paths);
  // Whole conversions by the number of channels that share them: one division for each number, whatever the order.
  const shared = channels.map(() => new Map<number, number>());
  for (const { path, conversions } of rows) {
    const distinct = new Set(path);
    for (const channel of distinct) {
      const counts = shared[channel];
      counts?.set(distinct.size, (counts.get(distinct.size) ?? 0) + conversions);
    }
  }
  return {
    status: conversions === 0 ? 'no-conversions' : 'ok',
    conversions,
    channels: channels.map((channel, code) => {
      const counts = [...(shared[code] ?? [])].sort((a, b) => a[0] - b[0]);
      return { channel, credit: counts.reduce((sum, [size, count]) => sum + count / size, 0) };
    }),
  };
}

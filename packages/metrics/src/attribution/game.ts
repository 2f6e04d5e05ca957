import { InputError } from '../errors.ts';

/** 2^20 coalitions are asked for within a second or two. */
const MAX_PLAYERS = 20;

/** A player and its share of what the game is worth. @beta */
export interface PlayerValue {
  player: string;
  value: number;
}

/**
 * The Shapley value of any game: φᵢ = Σ over S without i of |S|! (n − |S| − 1)! ÷ n! × (v(S ∪ i) − v(S)).
 * The values add up to v of all players. Source: Shapley, Annals of Mathematics Studies 28 (1953) 307–317.
 *
 * @param players at most 20 different names.
 * @param worth v of a coalition given as a bit mask: bit i is `players[i]`. It is asked for once for
 * each of the 2^n coalitions; v of nobody (0) must be 0. For a game that is written down see `gameOf`.
 * @returns in the order of `players`.
 * @throws InputError for more than 20 players, a name that comes twice, or a
 * worth that is not finite.
 * @beta
 */
export function shapleyValue(players: readonly string[], worth: (coalition: number) => number): PlayerValue[] {
  const n = players.length;
  needPlayers(players);
  const game = Float64Array.from({ length: 2 ** n }, (_, coalition) => worth(coalition));
  const wrong = game.findIndex((value, coalition) => !Number.isFinite(value) || (coalition === 0 && value !== 0));
  if (wrong !== -1) {
    const remedy = wrong === 0 ? 'make nobody worth 0' : 'give a finite number';
    throw new InputError('worth', `v of ${named(players, wrong)} is ${game[wrong]}`, remedy);
  }
  const orders = orderShares(n);
  const sizes = new Uint8Array(2 ** n);
  for (let coalition = 1; coalition < sizes.length; coalition++) {
    sizes[coalition] = (sizes[coalition >> 1] ?? 0) + (coalition & 1);
  }
  return players.map((player, i) => {
    const bit = 1 << i;
    let value = 0;
    for (let coalition = 0; coalition < game.length; coalition++) {
      if ((coalition & bit) !== 0) continue;
      value += (orders[sizes[coalition] ?? 0] ?? 0) * ((game[coalition | bit] ?? 0) - (game[coalition] ?? 0));
    }
    return { player, value };
  });
}

/** The worth of one coalition. @beta */
export interface CoalitionWorth {
  players: readonly string[];
  worth: number;
}

/**
 * A game written down coalition by coalition, for `shapleyValue`. Nobody is worth 0.
 *
 * @throws InputError for a coalition that is missing, comes twice or has a
 * stranger in it.
 * @beta
 */
export function gameOf(
  players: readonly string[],
  coalitions: readonly CoalitionWorth[],
): (coalition: number) => number {
  needPlayers(players);
  const known = new Map([[0, 0]]);
  for (const coalition of coalitions) {
    let mask = 0;
    for (const name of coalition.players) {
      const i = players.indexOf(name);
      if (i === -1) {
        throw new InputError('coalitions', `"${name}" is no player`, `use ${players.join(', ')}`);
      }
      mask |= 1 << i;
    }
    if (mask !== 0 && known.has(mask)) {
      throw new InputError('coalitions', `${named(players, mask)} is given twice`, 'give each coalition once');
    }
    known.set(mask, coalition.worth);
  }
  for (let mask = 1; mask < 2 ** players.length; mask++) {
    if (!known.has(mask)) {
      throw new InputError('coalitions', `v of ${named(players, mask)} is missing`, 'give it, 0 where it is worth 0');
    }
  }
  return (mask) => known.get(mask) ?? 0;
}

function needPlayers(players: readonly string[]): void {
  if (players.length > MAX_PLAYERS) {
    throw new InputError(
      'players',
      `${players.length} have too many coalitions`,
      `give at most ${MAX_PLAYERS}, or use shapley, which has no limit`,
    );
  }
  const twice = players.find((player, i) => players.indexOf(player) !== i);
  if (twice !== undefined) throw new InputError('players', `"${twice}" is named twice`, 'name each once');
}

const named = (players: readonly string[], mask: number): string =>
  mask === 0 ? 'nobody' : players.filter((_, i) => (mask & (1 << i)) !== 0).join(' + ');

/** |S|! (n − |S| − 1)! ÷ n! by the size of S: the share of all orders in which exactly S comes before a player. */
function orderShares(n: number): number[] {
  const shares = [1 / n];
  for (let size = 1; size < n; size++) shares.push(((shares[size - 1] ?? 0) * size) / (n - size));
  return shares;
}

import { shapleyValue } from '../attribution/game.ts';
import type { Cause, Item, ReconcileRefusal } from './contracts.ts';
import type { Between, Prepared } from './prepare.ts';
import { refuse } from './refuse.ts';
import type { Setting } from './settings.ts';

/** 2^8 questions are the most that an answer should cost. */
const MAX_AVERAGED = 8;

type Split = { items: Item[] } | ReconcileRefusal;

/**
 * Exchanges one setting after the other. Each amount is the difference of two neighbouring answers, so they
 * telescope to b − a. Where a question in between has no answer, its setting is joined with the next.
 */
export async function inOrder({ settings, between, from, to }: Prepared): Promise<Split> {
  const { differing, compose } = settings;
  const items: Item[] = [];
  let value = from.value;
  let pending: Setting[] = [];
  let joined: Item['joined'];
  for (const [i, setting] of differing.entries()) {
    pending.push(setting);
    const changed = new Set(differing.slice(0, i + 1).map(({ cause }) => cause));
    const last = i === differing.length - 1;
    const next: Between | ReconcileRefusal = last ? to : await between(compose(changed));
    if ('status' in next) return next;
    if ('missing' in next) {
      joined ??= next.missing;
      continue;
    }
    items.push({
      ...named(pending),
      amount: next.value - value,
      after: next.value,
      ...(joined !== undefined && { joined }),
    });
    value = next.value;
    pending = [];
    joined = undefined;
  }
  return { items };
}

const named = (settings: readonly Setting[]): Pick<Item, 'causes' | 'from' | 'to'> => ({
  causes: settings.map(({ cause }) => cause),
  from: settings.map(({ from }) => from),
  to: settings.map(({ to }) => to),
});

/** The mean of what each setting adds over all orders: the Shapley value of the answers as a game. */
export async function averaged({ settings, between, from, to }: Prepared): Promise<Split> {
  const { differing, compose } = settings;
  if (differing.length > MAX_AVERAGED) {
    const message = `${differing.length} settings differ, which takes ${2 ** differing.length} questions; use "ordered"`;
    return refuse('too-many-settings', 'split', message);
  }
  const everything = 2 ** differing.length - 1;
  const worth = [0];
  for (let coalition = 1; coalition < everything; coalition++) {
    const changed = new Set(differing.filter((_, i) => (coalition & (1 << i)) !== 0).map(({ cause }) => cause));
    const next = await between(compose(changed));
    if ('status' in next) return next;
    if ('missing' in next) {
      const message = `${[...changed].join(' + ')} alone cannot be asked (${next.missing}); use "ordered"`;
      return refuse('no-value', 'split', message, next.missing);
    }
    worth.push(next.value - from.value);
  }
  if (everything > 0) worth.push(to.value - from.value);
  const players = differing.map(({ cause }): Cause => cause);
  const parts = shapleyValue(players, (coalition) => worth[coalition] ?? 0);
  // Of whole numbers each mean is a multiple of 1 / n!, so rounding to one takes the error of the sums away.
  const orders = worth.every(Number.isInteger) ? factorial(differing.length) : undefined;
  return {
    items: differing.map((setting, i) => {
      const { value = 0 } = parts[i] ?? {};
      return { ...named([setting]), amount: orders === undefined ? value : Math.round(value * orders) / orders };
    }),
  };
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

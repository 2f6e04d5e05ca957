import { Loss, type LossReasons } from '../contracts/index.ts';
import { compareText } from '../criteria/index.ts';
import { SHARED_REASONS } from '../handoff/reasons.ts';
import type { ReasonGroup } from './statistics.ts';

/** How many reasons of an outcome are named; a longer list tells nothing by its end. */
const NAMED = 20;

/**
 * The reasons behind each loss, what was said most often first.
 *
 * @param fewest how many must have a reason for it to be named; below, they are among the others
 */
export function lossReasons(groups: readonly ReasonGroup[], fewest: number): LossReasons[] {
  return Loss.options.flatMap((outcome): LossReasons[] => {
    const own = groups.filter((group) => group.outcome === outcome);
    if (own.length === 0) return [];
    const given = own.flatMap(({ reason, count }) => (reason === null ? [] : [{ reason, count }]));
    const named = given
      .filter(({ count }) => count >= fewest)
      .toSorted((a, b) => b.count - a.count || compareText(a.reason, b.reason))
      .slice(0, NAMED);
    const total = (of: readonly { count: number }[]): number => of.reduce((sum, { count }) => sum + count, 0);
    return [
      {
        outcome,
        named: named.map(({ reason, count }) => {
          const label = SHARED_REASONS.get(reason)?.label;
          return { reason, ...(label === undefined ? {} : { label }), count };
        }),
        others: total(given) - total(named),
        none: total(own) - total(given),
      },
    ];
  });
}

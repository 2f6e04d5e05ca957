import type { HandoffEvent } from '../contracts/index.ts';
import { replayHandoff } from '../machine/apply.ts';
import { doneEvents } from './runs.ts';

/** How often one element was missing. @beta */
export interface ReasonCount {
  element: string;
  count: number;
  /** Of the returns. A return may name several, so shares may add up to more than 1. */
  share: number;
  /** Of the returns, those that name this element or one before it: from the first share up to 1. */
  cumulative: number;
}

/** Why hand-offs of one source came back. @beta */
export interface ReturnPareto {
  /** A source or campaign; null where there is none. */
  group: string | null;
  returns: number;
  /** Most frequent first, equal ones by code. */
  reasons: ReasonCount[];
  /** Whether more than a tenth of the returns are for `other`: the list lacks a reason. */
  tooManyOther: boolean;
}

/**
 * What was missing, per source or campaign: the feedback of sales to marketing.
 *
 * @param logs the events of each hand-off, oldest first, as `logsOf` gives them.
 * @param within which returns count, by their instant. Default: all.
 * @beta
 */
export function returnPareto(
  logs: ReadonlyMap<string, readonly HandoffEvent[]>,
  by: 'source' | 'campaignId' | 'all' = 'all',
  within: (at: string) => boolean = () => true,
): ReturnPareto[] {
  /** What each return named. */
  const groups = new Map<string | null, ReadonlySet<string>[]>();
  for (const [id, log] of logs) {
    const key = by === 'all' ? null : (replayHandoff(id, log.slice(0, 1)).now?.[by] ?? null);
    for (const { action, at } of doneEvents(log)) {
      if (action.type !== 'handoff.return' || !within(at)) continue;
      const named = groups.get(key) ?? [];
      groups.set(key, named);
      named.push(new Set(action.payload.missing.map(({ element }) => element)));
    }
  }
  return [...groups]
    .map(([group, named]) => {
      const returns = named.length;
      const counts = new Map<string, number>();
      for (const element of named.flatMap((one) => [...one])) counts.set(element, (counts.get(element) ?? 0) + 1);
      // Of the returns, those that name nothing so far.
      let rest = named;
      const reasons = [...counts]
        .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
        .map(([element, count]) => {
          rest = rest.filter((one) => !one.has(element));
          return { element, count, share: count / returns, cumulative: (returns - rest.length) / returns };
        });
      return { group, returns, reasons, tooManyOther: (counts.get('other') ?? 0) / returns > 0.1 };
    })
    .sort((a, b) => b.returns - a.returns || ((a.group ?? '') < (b.group ?? '') ? -1 : 1));
}

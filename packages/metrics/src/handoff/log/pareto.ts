import type { HandoffEvent } from '../contracts/index.ts';
import { replayHandoff } from '../machine/apply.ts';
import { doneEvents } from './runs.ts';

/** How often one element was missing. @beta */
export interface ReasonCount {
  element: string;
  count: number;
  /** Of the returns. A return may name several, so shares may add up to more than 1. */
  share: number;
  /** Of all elements named, this one and those before it. */
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
  const groups = new Map<string | null, { returns: number; counts: Map<string, number> }>();
  for (const [id, log] of logs) {
    const key = by === 'all' ? null : (replayHandoff(id, log.slice(0, 1)).now?.[by] ?? null);
    for (const { action, at } of doneEvents(log)) {
      if (action.type !== 'handoff.return' || !within(at)) continue;
      const group = groups.get(key) ?? { returns: 0, counts: new Map<string, number>() };
      groups.set(key, group);
      group.returns += 1;
      for (const { element } of action.payload.missing) group.counts.set(element, (group.counts.get(element) ?? 0) + 1);
    }
  }
  return [...groups]
    .map(([group, { returns, counts }]) => {
      const named = [...counts.values()].reduce((a, b) => a + b, 0);
      let sum = 0;
      const reasons = [...counts]
        .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
        .map(([element, count]) => {
          sum += count;
          return { element, count, share: count / returns, cumulative: sum / named };
        });
      return { group, returns, reasons, tooManyOther: (counts.get('other') ?? 0) / returns > 0.1 };
    })
    .sort((a, b) => b.returns - a.returns || ((a.group ?? '') < (b.group ?? '') ? -1 : 1));
}

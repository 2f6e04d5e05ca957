import type { HandoffDetail, HandoffRow } from '@sama/metrics/contracts';
import { clockText, clockSentence, firstDue } from './clock.ts';
import type { Leads } from './leads.ts';
import { markText, type Speech } from './rows.ts';

/**
 * Writes what clocks say now into the parts that are drawn, and nothing else.
 *
 * @returns whether one of them looks different now, so that it has to be drawn anew
 */
export function tick(
  root: ParentNode,
  rows: readonly HandoffRow[],
  leads: Leads,
  detail: HandoffDetail | undefined,
  speech: Speech,
): boolean {
  const { m, t, now } = speech;
  const { timeZone, open } = detail?.person ?? {};
  const due = detail && firstDue(detail.clocks);
  /** What a part says now, and the class of what stands around it. */
  const sayOf = (key: string): { text: string; frame?: string } | undefined => {
    if (key === 'there') return timeZone ? { text: t.there(m.time(now, timeZone), open?.now) } : undefined;
    const mark = leads.mark(key);
    const row = rows.find(({ id }) => id === key);
    if (mark) return { text: markText(mark, speech), frame: 'why' };
    const clock = key === 'detail' ? due && clockSentence(due, now, speech) : row && clockText(row.clock, now, speech);
    return clock && { text: clock.text, frame: `clock ${clock.tone}` };
  };
  let stale = false;
  for (const part of root.querySelectorAll('[data-tick]')) {
    const { text, frame } = sayOf(part.getAttribute('data-tick') ?? '') ?? {};
    if (text === undefined) continue;
    if (part.textContent !== text) part.textContent = text;
    if (frame !== undefined && part.parentElement?.className !== frame) stale = true;
  }
  return stale;
}

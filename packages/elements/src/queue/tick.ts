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
  const byId = new Map(rows.map((row) => [row.id, row]));
  let stale = false;
  const write = (part: Element, text: string, tone?: string): void => {
    if (part.textContent !== text) part.textContent = text;
    const { parentElement: frame } = part;
    if (tone !== undefined && frame !== null && frame.className.trim() !== `clock ${tone}`.trim()) stale = true;
  };
  for (const part of root.querySelectorAll('[data-tick]')) {
    const key = part.getAttribute('data-tick') ?? '';
    if (key === 'detail') {
      const face = detail === undefined ? undefined : firstDue(detail.clocks);
      if (face === undefined) continue;
      const { text, tone } = clockSentence(face, now, speech);
      write(part, text, tone);
    } else if (key === 'there') {
      const { timeZone, open } = detail?.person ?? { timeZone: null, open: null };
      if (timeZone !== null) write(part, t.there(m.time(now, timeZone), open?.now));
    } else if (key.startsWith('mark:')) {
      const mark = leads.mark(key.slice('mark:'.length));
      if (mark === undefined) stale = true;
      else write(part, markText(mark, speech));
    } else {
      const row = byId.get(key);
      if (row === undefined) continue;
      const { text, tone } = clockText(row.clock, now, speech);
      write(part, text, tone);
    }
  }
  return stale;
}

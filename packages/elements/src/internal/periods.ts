import type { TimeWords } from '../locale/en/times.ts';
import type { Formats } from './format.ts';
import type { Option } from './pick.ts';

/** The quarter of this moment and the four before, this year and the last, and running spans. */
export function periodsAt(asOf: string | undefined, f: Formats, t: TimeWords): Option[] {
  const at = Date.parse(asOf ?? '');
  if (Number.isNaN(at)) return [];
  const today = new Date(at);
  const year = today.getUTCFullYear();
  const quarter = Math.floor(today.getUTCMonth() / 3);
  const quarters = Array.from({ length: 5 }, (_, back) => {
    const index = year * 4 + quarter - back;
    return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`;
  });
  const texts = [...quarters, String(year), String(year - 1), 'last-90-days', 'last-365-days'];
  return [...texts.map((text) => ({ value: text, text: f.period({ text }) })), { value: '', text: t.anyTime }];
}

import type { Compare } from '@sama/metrics/contracts';

/** What the attribute `compare` says: `previous`, `previous-year`, a period, or `segment:KEY`. */
export function compareOf(text: string): Compare {
  if (text === 'previous' || text === 'previous-year') return text;
  return text.startsWith('segment:') ? { segment: text.slice('segment:'.length) } : { period: text };
}

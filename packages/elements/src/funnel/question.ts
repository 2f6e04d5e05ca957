import type { FunnelQuestion, View } from '@sama/metrics/contracts';
import { compareOf } from '../internal/compare.ts';

/** The attributes that make a question. */
export interface Asking {
  funnel: string | null | undefined;
  view: View | null | undefined;
  anchor: string | null | undefined;
  period: string | null | undefined;
  segment: string | null | undefined;
  measure: 'count' | 'value' | null | undefined;
  compare: string | null | undefined;
  timeZone: string | null | undefined;
}

/** The question an element's attributes ask. What they do not name is left to the source. */
export function questionOf(asking: Asking): FunnelQuestion {
  const { funnel, view, anchor, period, segment, measure, compare, timeZone } = asking;
  return {
    kind: 'funnel',
    funnel: funnel || 'lead-to-won',
    ...(view ? { view } : {}),
    ...(anchor ? { anchor } : {}),
    ...(period ? { period } : {}),
    ...(segment ? { segment } : {}),
    ...(measure ? { measure } : {}),
    ...(compare ? { compare: compareOf(compare) } : {}),
    ...(timeZone ? { timeZone } : {}),
  };
}

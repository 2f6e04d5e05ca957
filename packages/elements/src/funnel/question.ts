import type { FunnelQuestion, View } from '@sama/metrics/contracts';
import { compareOf } from '../internal/compare.ts';

type Text<T extends string = string> = T | null | undefined;

/** The attributes that make a question. */
export interface Asking {
  funnel: Text;
  view: Text<View>;
  anchor: Text;
  period: Text;
  window: Text;
  skipPolicy: Text<NonNullable<FunnelQuestion['skipPolicy']>>;
  entryPolicy: Text<NonNullable<FunnelQuestion['entryPolicy']>>;
  segment: Text;
  measure: Text<'count' | 'value'>;
  compare: Text;
  currency: Text;
  timeZone: Text;
}

/** The question an element's attributes ask. What they do not name is left to the source. */
export function questionOf(asking: Asking): FunnelQuestion {
  const {
    funnel,
    view,
    anchor,
    period,
    window,
    skipPolicy,
    entryPolicy,
    segment,
    measure,
    compare,
    currency,
    timeZone,
  } = asking;
  // Other views count entries and those who stand somewhere as they are.
  const cohort = (view ?? 'cohort') === 'cohort';
  return {
    kind: 'funnel',
    funnel: funnel || 'lead-to-won',
    ...(view && { view }),
    ...(anchor && { anchor }),
    ...(period && { period }),
    ...(window && cohort && { window: windowOf(window) }),
    ...(skipPolicy && cohort && { skipPolicy }),
    ...(entryPolicy && cohort && { entryPolicy }),
    ...(segment && { segment }),
    ...(measure && { measure }),
    ...(compare && { compare: compareOf(compare) }),
    ...(currency && measure === 'value' && { currency }),
    ...(timeZone && { timeZone }),
  };
}

const CHOICES = {
  view: 'cohort, activity, snapshot',
  skipPolicy: 'impute, strict, open',
  entryPolicy: 'first, every, last',
  measure: 'count, value',
} as const;
const WINDOW = /^(\d{1,5})([wdh])$/;

/** The first attribute that nothing can be asked by, and what it may be; empty when all are right. */
export function faultOf(asking: Asking): string {
  for (const [name, all] of Object.entries(CHOICES)) {
    const value: unknown = Reflect.get(asking, name);
    if (value && !all.split(', ').some((one) => one === value)) return `${name} "${String(value)}": write ${all}`;
  }
  const { window } = asking;
  return !window || window === 'none' || WINDOW.test(window) ? '' : `window "${window}": write 120d, 12w, 48h or none`;
}

/** The window a text says. */
export function windowOf(text: string): NonNullable<FunnelQuestion['window']> {
  const [, n = '', unit] = WINDOW.exec(text) ?? [];
  if (n === '') return 'none';
  return { [unit === 'w' ? 'weeks' : unit === 'd' ? 'days' : 'hours']: Number(n) };
}

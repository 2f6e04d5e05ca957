import type { Additivity, KpiDirection, KpiFigure, KpiTarget, TargetStanding } from '../contracts/index.ts';
import type { BusinessTime } from '../time/business/index.ts';
import { daysBetween, zone } from '../time/zone.ts';

/** What a target is judged by. @beta */
export interface TargetContext {
  direction: KpiDirection;
  additivity: Additivity;
  /** The days of the target, half open. */
  from: string;
  to: string;
  /** Milliseconds since the epoch. */
  asOf: number;
  timeZone: string;
  /** When work opens. Default: Monday to Friday, without holidays. */
  hours?: Pick<BusinessTime, 'workdays'>;
}

const AT_RISK_FROM = 0.9;

/** Monday to Friday. 1970-01-05 was a Monday. */
const weekdays: Pick<BusinessTime, 'workdays'> = {
  workdays(from, to) {
    const until = (day: string): number => {
      const days = Date.parse(`${day}T00:00:00Z`) / 86_400_000 - 4;
      return Math.floor(days / 7) * 5 + Math.min(5, ((days % 7) + 7) % 7);
    };
    return until(to) - until(from);
  },
};

/**
 * How a value stands against its target: on at 100 % of what is due, at risk from 90 % (`atRiskFrom`), else off. What
 * adds up over time is due in proportion to the business days that have ended; everything else as a whole. Where less
 * is better, due / value is compared. A value in its band is on; at risk within 10 % (1 − `atRiskFrom`) of the nearest
 * end, else off.
 * @beta
 */
export function standingOf(figure: KpiFigure, target: KpiTarget, context: TargetContext): TargetStanding {
  const { value, atRiskFrom = AT_RISK_FROM, agreedBy = [] } = target;
  const elapsed = elapsedShare(context);
  const teams = new Set(agreedBy.map(({ team }) => team));
  const standing = {
    value,
    elapsed,
    agreed: teams.has('marketing') && teams.has('sales'),
    ...(target.promisedBy === undefined ? {} : { promisedBy: target.promisedBy }),
  };
  if (typeof value === 'object') {
    if (figure.value === null) return { ...standing, status: metOr(figure, 'unknown') };
    const end = figure.value < value.low ? value.low : figure.value > value.high ? value.high : null;
    if (end === null) return { ...standing, status: 'on' };
    const near = Math.abs(figure.value - end) <= (1 - atRiskFrom) * Math.abs(end);
    return { ...standing, status: near ? 'at-risk' : 'off' };
  }
  const paced = isPaced(target, context.additivity);
  const due = paced ? value * elapsed : value;
  const pace = paced && value > 0 ? { expected: due / value } : {};
  if (figure.value === null) return { ...standing, due, ...pace, status: metOr(figure, 'unknown') };
  const way = paced && value > 0 ? { ...pace, progress: figure.value / value } : {};
  const [top, bottom] = context.direction === 'down' ? [due, figure.value] : [figure.value, due];
  if (bottom === 0 || top < 0 || bottom < 0) {
    const good = context.direction === 'down' ? figure.value <= due : figure.value >= due;
    return { ...standing, due, ...way, status: good ? 'on' : 'off' };
  }
  const attainment = top / bottom;
  return {
    ...standing,
    due,
    ...way,
    attainment,
    ahead: attainment - 1,
    status: attainment >= 1 ? 'on' : attainment >= atRiskFrom ? 'at-risk' : 'off',
  };
}

/** Whether a target comes about over its period; else it holds at any time of it. */
const isPaced = ({ pace }: KpiTarget, additivity: Additivity): boolean =>
  (pace ?? (additivity === 'sum' ? 'business-days' : 'whole')) === 'business-days';

/**
 * What a target wants of a part `[from, to)` of its period by `asOf`: its share of the business days, or all of it where
 * it holds at any time. A band has none.
 * @beta
 */
export function dueWithin(
  target: KpiTarget,
  part: { from: string; to: string },
  context: Omit<TargetContext, 'direction'>,
): number | undefined {
  const { value } = target;
  if (typeof value === 'object') return undefined;
  if (!isPaced(target, context.additivity)) return value;
  const { from, to, hours = weekdays } = context;
  const all = hours.workdays(from, to);
  const share =
    all > 0 ? hours.workdays(part.from, part.to) / all : daysBetween(part.from, part.to) / daysBetween(from, to);
  return value * share * elapsedShare({ ...context, from: part.from, to: part.to });
}

const metOr = (figure: KpiFigure & { value: null }, status: 'unknown'): 'on' | 'unknown' =>
  figure.reason === 'target-met' ? 'on' : status;

/** The share of the business days of a period that have ended. A period without any counts calendar days. */
function elapsedShare({
  from,
  to,
  asOf,
  timeZone,
  hours = weekdays,
}: Omit<TargetContext, 'direction' | 'additivity'>): number {
  // A day has ended when the next has begun: the end of the day is reached with its last millisecond.
  const today = zone(timeZone).dayOf(asOf + 1);
  const until = today < from ? from : today > to ? to : today;
  const all = hours.workdays(from, to);
  if (all > 0) return hours.workdays(from, until) / all;
  return daysBetween(from, until) / daysBetween(from, to);
}

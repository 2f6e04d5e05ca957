import type { Change, Money, NullReason, Rate, Span } from '@sama/metrics/contracts';
import { nullReasonMessages } from '@sama/metrics/messages';

/** Below this many in the denominator a rate says more than it knows: counts only. */
const SMALL = 10;

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });
const tenth = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const count = (value: number): string => whole.format(value);
export const number = (value: number): string => decimal.format(value);
/** `39.7 %`. */
export const percent = (share: number): string => `${tenth.format(share * 100)} %`;

/** `39.7 %`, `6 of 7` when few, or the reason there is none. */
export function rate(value: Rate | undefined): string {
  if (value === undefined) return '';
  if (value.value === null) return nullReasonMessages[value.reason].toLowerCase();
  return value.n < SMALL ? `${value.k} of ${value.n}` : percent(value.value);
}

/** `39.0–40.4 %`, nothing when few. */
export function interval(value: Rate | undefined): string {
  if (value === undefined || value.value === null || value.n < SMALL) return '';
  return `${tenth.format(value.low * 100)}–${percent(value.high)}`;
}

/** `▼ 4.6 pts (−7.0 to −2.1)` for a clear change, else that there is none. */
export function change(value: Change | undefined): string {
  if (value === undefined) return '';
  if (value.verdict === 'no-clear-change') return 'no clear change';
  const points = (share: number): string => (share < 0 ? '−' : '+') + tenth.format(Math.abs(share * 100));
  const mark = value.verdict === 'up' ? '▲' : '▼';
  return `${mark} ${tenth.format(Math.abs(value.difference * 100))} pts (${points(value.low)} to ${points(value.high)})`;
}

/** Always with so many decimals, so that a column lines up. */
export const fixed = (value: number, decimals: number): string =>
  new Intl.NumberFormat('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);

/** Why there is no value, in the words of a table. */
export const nothing = (reason: NullReason): string => nullReasonMessages[reason].toLowerCase();

/** A share that is no conversion rate. */
export function share(value: { value: number | null } | undefined): string {
  return value === undefined || value.value === null ? '' : percent(value.value);
}

/** Milliseconds in the largest unit that says enough: `41 d`, `10 h`, `35 min`. */
export function duration(ms: number): string {
  const minutes = ms / 60_000;
  if (minutes >= 48 * 60) return `${tenth.format(minutes / 1440).replace(/\.0$/, '')} d`;
  if (minutes >= 120) return `${tenth.format(minutes / 60).replace(/\.0$/, '')} h`;
  return `${whole.format(minutes)} min`;
}

/** A duration, or a dash where it cannot be known. */
export function span(value: Span | undefined): string {
  if (value === undefined) return '';
  return value.value === null ? '–' : duration(value.value);
}

/** Minor units in their currency. */
export function amount(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export function money(value: Money | undefined): string {
  if (value === undefined) return '';
  return value.value === null ? nullReasonMessages[value.reason].toLowerCase() : amount(value.value, value.currency);
}

/** `2026-06-16 06:00 UTC`: an instant in a time zone; a day as it is. */
export function moment(text: string, timeZone: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const parts = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(
    new Date(text),
  );
  return `${parts} ${timeZone}`;
}

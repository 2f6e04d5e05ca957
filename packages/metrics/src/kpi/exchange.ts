import type { Exchange } from '../contracts/index.ts';

/** Decimal places of the smallest unit of a currency: 2 for EUR, 0 for JPY. */
function minorDigits(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

/**
 * Minor units of the reported currency for one minor unit of another on a day: by the dated rate in force, where the
 * currency has dated rates at all, else by that of the period the day lies in.
 *
 * @param day local, `YYYY-MM-DD`.
 * @returns null where no rate holds.
 * @beta
 */
export function minorRate({ to, rates }: Exchange, from: string, day: string): number | null {
  if (from === to) return 1;
  const own = rates.filter((rate) => rate.from === from);
  const dated = own.flatMap((rate) => ('on' in rate ? [rate] : []));
  const inForce = dated
    .filter(({ on }) => on <= day)
    .reduce<(typeof dated)[number] | null>((last, rate) => (last === null || rate.on >= last.on ? rate : last), null);
  const ofPeriod = own.find((rate) => 'during' in rate && rate.during[0] <= day && day < rate.during[1]);
  const rate = dated.length > 0 ? inForce : ofPeriod;
  return rate === null || rate === undefined ? null : rate.rate * 10 ** (minorDigits(to) - minorDigits(from));
}

/** Money of one currency on one day. */
export interface DatedMoney {
  currency: string | null;
  /** Absent: the day of the answer. */
  day?: string;
}

/**
 * The rates of several sums of money, in their order; null where one of them has none, since a sum of some would be
 * wrong. What has no currency is left as it is.
 */
export function ratesOf(exchange: Exchange, money: readonly DatedMoney[], today: string): number[] | null {
  const rates: number[] = [];
  for (const { currency, day = today } of money) {
    const rate = currency === null ? 1 : minorRate(exchange, currency, day);
    if (rate === null) return null;
    rates.push(rate);
  }
  return rates;
}

import type { Exchange } from '../contracts/index.ts';

/** Decimal places of the smallest unit of a currency: 2 for EUR, 0 for JPY. */
function minorDigits(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

/**
 * Minor units of a currency for one minor unit of another on a day: by the dated rate in force, where a currency has
 * dated rates at all, else by that of the period the day lies in; between two others by way of the reported one.
 *
 * @param day local, `YYYY-MM-DD`.
 * @param to default: the reported currency.
 * @returns null where no rate holds.
 * @beta
 */
export function minorRate(exchange: Exchange, from: string, day: string, to = exchange.to): number | null {
  if (from === to) return 1;
  const [one, other] = [unitRate(exchange, from, day), unitRate(exchange, to, day)];
  return one === null || other === null ? null : (one / other) * 10 ** (minorDigits(to) - minorDigits(from));
}

/** Units of the reported currency for one unit of another. */
function unitRate({ to, rates }: Exchange, from: string, day: string): number | null {
  if (from === to) return 1;
  const own = rates.filter((rate) => rate.from === from);
  const dated = own.flatMap((rate) => ('on' in rate ? [rate] : []));
  const inForce = dated
    .filter(({ on }) => on <= day)
    .reduce<(typeof dated)[number] | null>((last, rate) => (last === null || rate.on >= last.on ? rate : last), null);
  const ofPeriod = own.find((rate) => 'during' in rate && rate.during[0] <= day && day < rate.during[1]);
  const rate = dated.length > 0 ? inForce : ofPeriod;
  return rate?.rate ?? null;
}

/** The currency money is told in, and the rates that are known. */
export interface Reporting {
  to: string;
  exchange: Exchange;
  /** Whether the question names it, so that another currency will not do. */
  named: boolean;
}

/** As a question asks, else as the rates say; undefined where amounts are told as they are. */
export function reportingOf(currency: string | undefined, exchange: Exchange | undefined): Reporting | undefined {
  const to = currency ?? exchange?.to;
  return to === undefined ? undefined : { to, exchange: exchange ?? { to, rates: [] }, named: currency !== undefined };
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
export function ratesOf({ to, exchange }: Reporting, money: readonly DatedMoney[], today: string): number[] | null {
  const rates: number[] = [];
  for (const { currency, day = today } of money) {
    const rate = currency === null ? 1 : minorRate(exchange, currency, day, to);
    if (rate === null) return null;
    rates.push(rate);
  }
  return rates;
}

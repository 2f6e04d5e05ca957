import type { KpiDefinition, KpiTarget } from '../../contracts/index.ts';
import { zone } from '../../time/index.ts';
import { minorRate, type Reporting } from '../exchange.ts';
import { nothing, valueOf } from '../figure.ts';
import { type Evaluated, factsOf } from './evaluate.ts';
import type { Scope } from './scope.ts';

/** Whether a KPI comes to an amount. */
export function isMoney(definition: KpiDefinition): boolean {
  const { unit } = factsOf(definition);
  return unit === 'currency' || unit === 'currency/day';
}

/** Money that is in another currency than the one it is to be told in has no value: it is never called by its name. */
export function toldIn(evaluated: Evaluated, definition: KpiDefinition, currency: string | undefined): Evaluated {
  const same = currency === undefined || evaluated.currency === undefined || evaluated.currency === currency;
  if (!isMoney(definition) || same) return evaluated;
  const { inputs, inPeriod } = evaluated;
  return { inputs, inPeriod, value: valueOf(nothing('mixed-currency'), { flags: ['mixed-currency'] }) };
}

/**
 * A target in the currency its KPI is told in, at the rate of the day of the answer; undefined where no rate is known.
 * A target without a currency is no money, or in that of the KPI.
 */
export function targetIn(
  target: KpiTarget,
  currency: string | undefined,
  { asOf, timeZone }: Scope,
  reporting: Reporting | undefined,
): KpiTarget | undefined {
  const { value, currency: from } = target;
  if (from === undefined || currency === undefined || from === currency) return target;
  const rate = reporting && minorRate(reporting.exchange, from, zone(timeZone).dayOf(asOf), currency);
  if (rate === undefined || rate === null) return undefined;
  const told = (one: number): number => Math.round(one * rate);
  return {
    ...target,
    currency,
    value: typeof value === 'number' ? told(value) : { low: told(value.low), high: told(value.high) },
  };
}

import * as z from 'zod/mini';
import type { Warning } from '../contracts/codes.ts';
import type { Rate } from '../contracts/values.ts';
import { InputError } from '../errors.ts';
import { readInput } from '../read-input.ts';
import { wilson } from '../stats/wilson.ts';
import type { Attribution, CreditRow, SharedJourneys, TouchCredit } from './answer.ts';
import { creditByChain } from './by-chain.ts';
import { creditTouches } from './by-touch.ts';
import { fillChoices, nameIn } from './choices.ts';
import {
  Dimension,
  Journey,
  type AttributionChoices,
  type AttributionDefinition,
  type FilledChoices,
} from './contracts.ts';
import { eligible, momentIn, type EligibleJourney } from './eligible.ts';
import { moneyOf, sumMoney } from './money.ts';
import { largestFirst, totalsBy } from './totals.ts';

/**
 * Shares the conversions of journeys, and what they are worth, between their touches.
 *
 * Every conversion's weights add up to 1 and its minor units to its amount; conversions without a
 * touch that counts stay apart. `docs/attribution.md` says which touches count and what each model does.
 *
 * @param journeys with and without a conversion, in any order; not changed.
 * @param choices the model and its choices, or a definition that holds them.
 * @param options.timeZone where a day ends; needed only for touches, milestones or journeys dated by day.
 * @throws InputError naming the field: a shape that does not fit, an id that comes twice, an amount
 * without a currency, a look-back window of 0, a day without a time zone.
 * @beta
 */
export function attribute(
  journeys: readonly Journey[],
  choices: AttributionChoices | AttributionDefinition,
  options: { timeZone?: string } = {},
): Attribution {
  const filled = fillChoices(choices);
  const read = readInput(z.array(Journey), journeys, 'journeys');
  checkJourneys(read);
  const moment = momentIn(options.timeZone);
  const all = read.map((journey, i) => named(eligible(journey, filled, moment, `journeys.${i}`), filled));
  const won = all.filter(({ journey }) => journey.converted !== false);
  const [attributed, apart] = [
    won.filter(({ touches }) => touches.length > 0),
    won.filter((j) => j.touches.length === 0),
  ];
  return {
    status: won.length === 0 ? 'no-conversions' : 'ok',
    choices: filled,
    note: 'convention-not-cause',
    conversions: won.length,
    amount: amountOf(won),
    unattributed: { conversions: apart.length, amount: amountOf(apart), share: rate(apart.length, won.length) },
    ...credit(attributed, all, filled),
    sharedJourneys: sharedJourneys(won),
    excluded: all.flatMap(({ excluded }) => excluded),
    warnings: warningsOf(won),
  };
}

function credit(
  attributed: readonly EligibleJourney[],
  all: readonly EligibleJourney[],
  { model, by }: FilledChoices,
): { touches: TouchCredit[] | null; totals: Partial<Record<Dimension, CreditRow[]>> } {
  if (model.model === 'markov') {
    const learned = all.filter(({ touches }) => touches.length > 0);
    return { touches: null, totals: { [by]: largestFirst(creditByChain(learned, by, model.order ?? 1)) } };
  }
  const touches = attributed.flatMap((journey) => creditTouches(journey, model, by));
  return { touches, totals: Object.fromEntries(Dimension.options.map((each) => [each, totalsBy(each, touches)])) };
}

/** The data-driven models share between names; a touch without one has no part in them. */
function named(journey: EligibleJourney, { model, by }: FilledChoices): EligibleJourney {
  if (model.model !== 'markov' && model.model !== 'shapley') return journey;
  const unnamed = journey.touches.filter(({ touch }) => nameIn(touch, by) === null);
  return {
    ...journey,
    touches: journey.touches.filter(({ touch }) => nameIn(touch, by) !== null),
    excluded: [
      ...journey.excluded,
      ...unnamed.map(({ touch }) => ({ journeyId: journey.journey.id, touchId: touch.id, reason: 'unnamed' as const })),
    ],
  };
}

const amountOf = (journeys: readonly EligibleJourney[]) => sumMoney(journeys.map(({ journey }) => moneyOf(journey)));

function rate(k: number, n: number): Rate {
  const share = wilson(k, n);
  return share === null ? { value: null, reason: 'zero-denominator' } : { ...share, k, n };
}

function sharedJourneys(won: readonly EligibleJourney[]): SharedJourneys {
  const count = (marketing: boolean, sales: boolean): number =>
    won.filter(({ touches }) => {
      const has = (team: string): boolean => touches.some(({ touch }) => touch.team === team);
      return has('marketing') === marketing && has('sales') === sales;
    }).length;
  const both = count(true, true);
  return {
    both,
    marketingOnly: count(true, false),
    salesOnly: count(false, true),
    neither: count(false, false),
    share: rate(both, won.length),
  };
}

function warningsOf(won: readonly EligibleJourney[]): Warning[] {
  const without = won.filter(({ journey }) => journey.amount === undefined).length;
  const warnings: Warning[] = [];
  if (without > 0 && without < won.length) warnings.push({ code: 'no-amount', params: { count: without } });
  const amount = amountOf(won);
  if (amount.value === null && amount.reason === 'mixed-currency') warnings.push({ code: 'mixed-currency' });
  return warnings;
}

function checkJourneys(journeys: readonly Journey[]): void {
  needDistinct(journeys, 'journeys');
  for (const [i, { amount, currency, touches }] of journeys.entries()) {
    needDistinct(touches, `journeys.${i}.touches`);
    if (amount !== undefined && currency === undefined) {
      throw new InputError(
        `journeys.${i}.currency`,
        'the amount has no currency',
        'give its ISO 4217 code, such as EUR',
      );
    }
  }
}

function needDistinct(items: readonly { id: string }[], field: string): void {
  const seen = new Map<string, number>();
  for (const [i, { id }] of items.entries()) {
    const first = seen.get(id);
    if (first !== undefined) {
      throw new InputError(`${field}.${i}.id`, `"${id}" is also the id of ${field}.${first}`, 'give each its own id');
    }
    seen.set(id, i);
  }
}

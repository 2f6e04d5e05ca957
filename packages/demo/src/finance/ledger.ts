import type { Figure } from '@sama/metrics/contracts';
import { REGIONS, SOURCE_MIX, type Region } from '../company/market.ts';
import type { Days, Frame } from '../frame.ts';
import type { Journey } from '../journey/journey.ts';
import { LANES, Stream } from '../random.ts';
import { dateOf, dayOf, dayText, localDayOf } from '../time/berlin.ts';
import {
  COST_SPREAD,
  EARLIER_CUSTOMERS,
  FORECAST,
  LEAD_COST,
  MARKETING_OVERHEAD,
  MRR,
  RESPONDENTS,
  SALES_COST,
  SURVEY,
  TARGET_GROWTH,
  VISITORS_PER_LEAD,
} from './plan.ts';

/** What a month has seen. */
interface Month {
  days: Days;
  leads: number;
  /** Leads of marketing by channel. */
  channels: Map<string, number>;
  won: number;
  revenue: Map<Region, number>;
}

const EUR = 'EUR';

/** The books of the company: what it spent, sold, planned and was told, month by month. */
export class Ledger {
  readonly #frame: Frame;
  readonly #batch: string;
  readonly #months: Month[] = [];
  readonly #first: { year: number; month: number };

  constructor(frame: Frame, batch: string) {
    this.#frame = frame;
    this.#batch = batch;
    this.#first = dateOf(frame.days.from);
    const last = this.#indexOf(frame.days.to);
    for (let i = 0; i <= last; i += 1)
      this.#months.push({ days: this.#monthAt(i), leads: 0, channels: new Map(), won: 0, revenue: new Map() });
  }

  /** Books what a journey brought. */
  book({ steps, deal, origin, source, region }: Journey): void {
    const [lead] = steps;
    const created = this.#monthOf(lead?.stage === 'lead' ? lead.at : undefined);
    if (created !== undefined) {
      created.leads += 1;
      if (origin === 'marketing') add(created.channels, source, 1);
    }
    const closed = deal?.steps[1];
    const month = closed?.stage === 'won' ? this.#monthOf(closed.at) : undefined;
    if (month === undefined || deal === undefined) return;
    month.won += 1;
    add(month.revenue, region, deal.amount);
  }

  /** The figures of all months that are over, and the targets of the year. */
  figures(): Figure[] {
    const over = this.#months.filter(({ days }) => days.to <= this.#frame.days.to);
    return [
      ...this.#spent(over),
      ...this.#sold(over),
      ...this.#recurring(over),
      ...this.#targets(over),
      ...this.#answers(over),
    ];
  }

  #spent(months: readonly Month[]): Figure[] {
    const stream = new Stream(this.#frame.seed, LANES.finance);
    return months.flatMap(({ days, leads, channels }) => {
      const costs = SOURCE_MIX.marketing.map(([channel]): [string, number] => {
        const spread = 1 + COST_SPREAD * (2 * stream.unit() - 1);
        return [channel, cents((channels.get(channel) ?? 0) * (LEAD_COST[channel] ?? 0) * spread)];
      });
      const marketing = cents(costs.reduce((sum, [, cost]) => sum + cost, 0) * MARKETING_OVERHEAD);
      const visitors = [...channels.values()].reduce((sum, n) => sum + n, 0) * VISITORS_PER_LEAD;
      return [
        ...costs.map(([channel, cost]) => this.#figure('campaign-cost', days, cost, EUR, channel)),
        this.#figure('marketing-cost', days, marketing, EUR),
        this.#figure('sales-marketing-cost', days, marketing + leads * SALES_COST, EUR),
        this.#figure('website-visitors', days, visitors),
      ];
    });
  }

  /** Revenue by region as booked, and what had been forecast of it. */
  #sold(months: readonly Month[]): Figure[] {
    return months.flatMap(({ days, revenue }) =>
      REGIONS.flatMap((region) => {
        const booked = revenue.get(region) ?? 0;
        return [
          this.#figure('revenue', days, booked, EUR, region),
          this.#figure('revenue-forecast', days, cents(booked * FORECAST[region]), EUR, region),
        ];
      }),
    );
  }

  #recurring(months: readonly Month[]): Figure[] {
    const won = months.reduce((sum, month) => sum + month.won, 0) / Math.max(1, months.length);
    let customers = won * EARLIER_CUSTOMERS;
    let mrr = cents(customers * MRR.perCustomer);
    return months.flatMap((month) => {
      const { days } = month;
      const [expansion, contraction, churned] = [MRR.expansion, MRR.contraction, MRR.churned].map((share) =>
        cents(mrr * share),
      );
      const figures = [
        this.#figure('mrr', days, mrr, EUR),
        this.#figure('mrr-expansion', days, expansion ?? 0, EUR),
        this.#figure('mrr-contraction', days, contraction ?? 0, EUR),
        this.#figure('mrr-churned', days, churned ?? 0, EUR),
        this.#figure('mrr-per-customer', days, cents(mrr / Math.max(1, customers)), EUR),
        this.#figure('monthly-churn', days, MRR.churned),
      ];
      mrr += (expansion ?? 0) - (contraction ?? 0) - (churned ?? 0) + cents(month.won * MRR.perCustomer);
      customers += month.won - customers * MRR.churned;
      return figures;
    });
  }

  /** Of each month of the history and of the rest of its last year: the mean month so far, and more. */
  #targets(months: readonly Month[]): Figure[] {
    const revenue = months.flatMap((month) => [...month.revenue.values()]).reduce((sum, amount) => sum + amount, 0);
    const target = cents((revenue / Math.max(1, months.length)) * TARGET_GROWTH);
    const { month } = dateOf(this.#frame.days.to);
    const last = this.#months.length - 1 + (12 - month);
    return Array.from({ length: last + 1 }, (_, i) => this.#figure('revenue-target', this.#monthAt(i), target, EUR));
  }

  /** One survey in each quarter that is over. */
  #answers(months: readonly Month[]): Figure[] {
    const quarters = months.flatMap(({ days }, i) => {
      const end = months[i + 2];
      return dateOf(days.from).month % 3 === 1 && end !== undefined ? [{ from: days.from, to: end.days.to }] : [];
    });
    return quarters.flatMap((days) => [
      ...Object.entries(SURVEY).flatMap(([item, { marketing, sales }]) => [
        this.#figure('perception-marketing', days, marketing, undefined, item),
        this.#figure('perception-sales', days, sales, undefined, item),
      ]),
      this.#figure('survey-respondents', days, RESPONDENTS.marketing, undefined, 'marketing'),
      this.#figure('survey-respondents', days, RESPONDENTS.sales, undefined, 'sales'),
    ]);
  }

  #figure(name: string, days: Days, value: number, currency?: string, segment?: string): Figure {
    return {
      name,
      from: dayText(days.from),
      to: dayText(days.to),
      value,
      ...(currency === undefined ? {} : { currency }),
      ...(segment === undefined ? {} : { segment }),
      batch: this.#batch,
    };
  }

  #monthOf(at: number | undefined): Month | undefined {
    return at === undefined ? undefined : this.#months[this.#indexOf(localDayOf(at))];
  }

  #indexOf(day: number): number {
    const { year, month } = dateOf(day);
    return (year - this.#first.year) * 12 + month - this.#first.month;
  }

  #monthAt(index: number): Days {
    const { year, month } = this.#first;
    return { from: dayOf(year, month + index, 1), to: dayOf(year, month + index + 1, 1) };
  }
}

const cents = (value: number): number => Math.round(value);

function add<K>(sums: Map<K, number>, key: K, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}

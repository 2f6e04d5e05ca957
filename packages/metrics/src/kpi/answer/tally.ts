import type { AnswerContext, Measure } from '../../contracts/index.ts';
import type { RecordSource } from '../../contracts/kpi-definition.ts';
import { findStageFunnel } from '../../definitions/funnels.ts';
import { canonicalJson } from '../../definitions/hash.ts';
import { QuestionError } from '../../errors.ts';
import { joinCriteria, lineOf, planFunnel } from '../../funnel/make-plan.ts';
import type { FunnelPlan, Span } from '../../funnel/plan.ts';
import type { EntryStatistics } from '../../funnel/statistics.ts';
import { addDays, zone } from '../../time/index.ts';
import { ratesOf, type Reporting } from '../exchange.ts';
import type { FigurePlan, FigureRow, KpiCounter, RecordPlan, RecordStatistics, RecordSum } from './plan.ts';
import type { Scope } from './scope.ts';

/** A cohort or the entries of a period, as a source asks for them. */
export interface FunnelAsk {
  funnel: string;
  view: 'cohort' | 'activity';
  anchor?: string;
  unit?: 'entity' | 'visit';
  window?: FunnelPlan['definition']['window'] | 'none';
}

interface CountedEntries {
  plan: FunnelPlan;
  all: readonly EntryStatistics[];
}

/**
 * Plans what sources ask for and counts each plan once for a question. What is asked of one of the scopes that belong
 * together, a period and the steps of its trend, is counted for all of them in one pass.
 */
export class Tally {
  readonly #counter: KpiCounter;
  readonly #context: AnswerContext;
  readonly #engine: string;
  readonly #reporting: Reporting | undefined;
  readonly #together: readonly Scope[];
  readonly #funnels = new Map<string, Promise<CountedEntries>>();
  readonly #records = new Map<string, Promise<readonly RecordStatistics[]>>();
  readonly #figures = new Map<string, Promise<readonly FigureRow[]>>();

  /** @param together scopes that differ by their period only. */
  constructor(
    counter: KpiCounter,
    context: AnswerContext,
    engine: string,
    reporting: Reporting | undefined,
    together: readonly Scope[],
  ) {
    this.#counter = counter;
    this.#context = context;
    this.#engine = engine;
    this.#reporting = reporting;
    this.#together = together;
  }

  async funnel(
    ask: FunnelAsk,
    scope: Scope,
    filter: Scope['filter'],
  ): Promise<{ plan: FunnelPlan; statistics: EntryStatistics }> {
    const { scopes, place } = this.#withOthers(scope);
    const { plan, all } = await once(this.#funnels, [ask, spansOf(scopes), filter, scope.asOf], () =>
      this.#entries(ask, scopes, filter),
    );
    return { plan, statistics: placed(all, place) };
  }

  async #entries(ask: FunnelAsk, scopes: readonly Scope[], filter: Scope['filter']): Promise<CountedEntries> {
    const { asOf, timeZone } = placed(scopes, 0);
    const definition = findStageFunnel(this.#context.definitions, ask.funnel);
    // The filter holds the reader's rows already.
    const { rows: _, ...rights } = this.#context.rights;
    const { plan: asked } = planFunnel(
      {
        kind: 'funnel',
        funnel: ask.funnel,
        view: ask.view,
        details: ask.view === 'cohort' ? ['estimate'] : [],
        ...(ask.anchor === undefined ? {} : { anchor: ask.anchor }),
        ...(ask.unit === undefined ? {} : { unit: ask.unit }),
        ...(ask.window === undefined ? {} : { window: ask.window }),
        ...(filter === undefined ? {} : { filter }),
        timeZone,
      },
      definition,
      { ...this.#context, rights, asOf: new Date(asOf).toISOString() },
    );
    // With a window there is nothing to estimate: the horizon is the window.
    const plan = { ...asked, estimate: asked.view === 'cohort' && asked.windowMs === undefined };
    return { plan, all: await this.#counter.entries(plan, spansOf(scopes), this.#context.signal) };
  }

  async records(
    source: RecordSource,
    collect: RecordPlan['collect'],
    scope: Scope,
    filter: Scope['filter'],
  ): Promise<RecordStatistics> {
    const count = this.#counter.records?.bind(this.#counter);
    if (count === undefined) throw this.#unsupported('records for KPIs');
    const { scopes, place } = this.#withOthers(scope);
    // What has no date is the same in all of them.
    const dated = source.during !== undefined;
    const all = await once(this.#records, [source, collect, dated && spansOf(scopes), filter, scope.asOf], async () => {
      const plan = this.#recordPlan(source, collect, scopes, filter);
      const counted = await count(plan, this.#context.signal);
      return counted.map((one) => this.#converted(one, plan));
    });
    return placed(all, dated ? place : 0);
  }

  /** The scopes that are counted together with one, which stands at `place` among them. */
  #withOthers(scope: Scope): { scopes: readonly Scope[]; place: number } {
    const place = this.#together.findIndex(
      ({ asOf, period }) =>
        asOf === scope.asOf && period?.from === scope.period?.from && period?.to === scope.period?.to,
    );
    return place < 0 ? { scopes: [scope], place: 0 } : { scopes: this.#together, place };
  }

  /** The figures that touch the days of a plan, which lie in the scope or before it. */
  async figures(plan: FigurePlan, scope: Scope): Promise<readonly FigureRow[]> {
    const read = this.#counter.figures?.bind(this.#counter);
    if (read === undefined) throw this.#unsupported('supplied figures');
    const hull = hullOf(this.#withOthers(scope).scopes);
    const isBefore = hull.from !== undefined && plan.from !== undefined && plan.from < hull.from;
    const wide: FigurePlan = { name: plan.name, ...hull, ...(isBefore ? { from: plan.from } : {}) };
    const rows = await once(this.#figures, wide, () => read(wide, this.#context.signal));
    return rows.filter(
      ({ from, to }) => (plan.from === undefined || to > plan.from) && (plan.to === undefined || from < plan.to),
    );
  }

  /** Money in the reported currency, where every sum has a rate; else as it is. */
  #converted(statistics: RecordStatistics, plan: RecordPlan): RecordStatistics {
    const reporting = this.#reporting;
    if (reporting === undefined || !isMoney(plan)) return statistics;
    const money = statistics.sums.filter(({ currency }) => currency !== null);
    const rates = ratesOf(reporting, money, zone(plan.timeZone).dayOf(plan.asOf));
    if (rates === null) return statistics;
    const sums = money.map(({ n, sum, squares, values }, i): RecordSum => {
      const rate = rates[i] ?? 1;
      return {
        currency: reporting.to,
        n,
        sum: sum * rate,
        squares: squares * rate * rate,
        ...(values === undefined ? {} : { values: values.map(([value, count]) => [Math.round(value * rate), count]) }),
      };
    });
    return { ...statistics, sums };
  }

  #unsupported(what: string): QuestionError {
    return new QuestionError(
      'unsupported',
      `engine "${this.#engine}" does not count ${what}: ask the in-memory engine`,
    );
  }

  #recordPlan(
    source: RecordSource,
    collect: RecordPlan['collect'],
    scopes: readonly Scope[],
    filter: Scope['filter'],
  ): RecordPlan {
    const { of, funnel, value, by, during } = source;
    const { asOf, timeZone } = placed(scopes, 0);
    const where = joinCriteria(source.where, filter);
    const line =
      funnel === undefined ? undefined : lineOf(findStageFunnel(this.#context.definitions, funnel), timeZone);
    if (line !== undefined && line.grain !== of) {
      throw new QuestionError(
        'invalid-question',
        `the KPI counts each ${of} but funnel "${funnel ?? ''}" follows each ${line.grain}: make them the same`,
      );
    }
    if (line === undefined && /"(stage|reached\.[^"]*)"/.test(JSON.stringify([where, value, during]))) {
      throw new QuestionError(
        'invalid-question',
        'the fields stage and reached.STAGE need a funnel: set "funnel" in the source',
      );
    }
    return {
      of,
      ...(line === undefined ? {} : { line }),
      ...(where === undefined ? {} : { where }),
      ...(during === undefined
        ? {}
        : { during: { field: during, days: scopes.map(({ period }) => daysUpTo(period, asOf, timeZone)) } }),
      ...(value === undefined ? {} : { value }),
      collect,
      ...(this.#reporting !== undefined && during !== undefined && isMoney(source) ? { byDay: true } : {}),
      ...(by === undefined ? {} : { by }),
      asOf,
      timeZone,
    };
  }
}

const isMoney = ({ value }: Pick<RecordSource, 'value'>): boolean =>
  value !== undefined && 'field' in value && value.field === 'amount';

const ALL_TIME = { from: '0001-01-01', to: '9999-12-31' };

/** The days of a period that are not after `asOf`. */
function daysUpTo(
  period: { from: string; to: string } = ALL_TIME,
  asOf: number,
  timeZone: string,
): { from: string; to: string } {
  const tomorrow = addDays(zone(timeZone).dayOf(asOf), 1);
  return { from: period.from, to: period.to < tomorrow ? period.to : tomorrow };
}

/** The records a measure is about. */
export const sourceOf = (measure: Measure, during: string | undefined): RecordSource => ({
  of: measure.of,
  ...(measure.funnel === undefined ? {} : { funnel: measure.funnel }),
  ...(measure.where === undefined ? {} : { where: measure.where }),
  ...(measure.value === undefined ? {} : { value: measure.value }),
  ...(during === undefined ? {} : { during }),
});

/** The periods of scopes as instants. */
function spansOf(scopes: readonly Scope[]): Span[] {
  return scopes.map(({ period, timeZone }) => {
    if (period === undefined) return {};
    const { startOf } = zone(timeZone);
    return { from: startOf(period.from), to: startOf(period.to) };
  });
}

/** Days that hold those of every scope, today with them; none when one is of all time. */
function hullOf(scopes: readonly Scope[]): Pick<FigurePlan, 'from' | 'to'> {
  const periods = scopes.flatMap(({ period }) => period ?? []);
  if (periods.length < scopes.length) return {};
  const todays = scopes.map(({ asOf, timeZone }) => zone(timeZone).dayOf(asOf));
  return {
    from: [...periods.map(({ from }) => from), ...todays].reduce((a, b) => (a < b ? a : b)),
    to: [...periods.map(({ to }) => to), ...todays.map((day) => addDays(day, 1))].reduce((a, b) => (a > b ? a : b)),
  };
}

/** What stands at a place. @throws RangeError where an engine left it out. */
function placed<T>(all: readonly T[], place: number): T {
  const one = all[place];
  if (one === undefined) throw new RangeError(`the engine gave ${all.length} statistics, and none at ${place}`);
  return one;
}

async function once<T>(all: Map<string, Promise<T>>, asked: unknown, count: () => T | Promise<T>): Promise<T> {
  const key = canonicalJson(asked);
  const known = all.get(key);
  if (known !== undefined) return known;
  const counted = Promise.resolve(count());
  all.set(key, counted);
  return counted;
}

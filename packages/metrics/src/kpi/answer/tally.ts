import type { AnswerContext, Measure } from '../../contracts/index.ts';
import type { RecordSource } from '../../contracts/kpi-definition.ts';
import { findStageFunnel } from '../../definitions/funnels.ts';
import { canonicalJson } from '../../definitions/hash.ts';
import { QuestionError } from '../../errors.ts';
import { joinCriteria, lineOf, planFunnel } from '../../funnel/make-plan.ts';
import type { FunnelPlan } from '../../funnel/plan.ts';
import type { FunnelStatistics } from '../../funnel/statistics.ts';
import { addDays, zone } from '../../time/index.ts';
import { ratesOf } from '../exchange.ts';
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

/** Plans what sources ask for and counts each plan once for a question. */
export class Tally {
  readonly #counter: KpiCounter;
  readonly #context: AnswerContext;
  readonly #engine: string;
  readonly #funnels = new Map<string, Promise<FunnelStatistics>>();
  readonly #records = new Map<string, Promise<RecordStatistics>>();
  readonly #figures = new Map<string, Promise<readonly FigureRow[]>>();

  constructor(counter: KpiCounter, context: AnswerContext, engine: string) {
    this.#counter = counter;
    this.#context = context;
    this.#engine = engine;
  }

  async funnel(
    ask: FunnelAsk,
    scope: Scope,
    filter: Scope['filter'],
  ): Promise<{ plan: FunnelPlan; statistics: FunnelStatistics }> {
    const definition = findStageFunnel(this.#context.definitions, ask.funnel);
    // The filter holds the reader's rows already.
    const { rows: _, ...rights } = this.#context.rights;
    const { plan } = planFunnel(
      {
        kind: 'funnel',
        funnel: ask.funnel,
        view: ask.view,
        details: ask.view === 'cohort' ? ['estimate'] : [],
        ...(ask.anchor === undefined ? {} : { anchor: ask.anchor }),
        ...(ask.unit === undefined ? {} : { unit: ask.unit }),
        ...(ask.window === undefined ? {} : { window: ask.window }),
        ...(scope.period === undefined ? {} : { period: `${scope.period.from}/${scope.period.to}` }),
        ...(filter === undefined ? {} : { filter }),
        timeZone: scope.timeZone,
      },
      definition,
      { ...this.#context, rights, asOf: new Date(scope.asOf).toISOString() },
    );
    const statistics = await once(this.#funnels, plan, () => this.#counter.funnel(plan, this.#context.signal));
    return { plan, statistics };
  }

  records(
    source: RecordSource,
    collect: RecordPlan['collect'],
    scope: Scope,
    filter: Scope['filter'],
  ): Promise<RecordStatistics> {
    const count = this.#counter.records?.bind(this.#counter);
    if (count === undefined) throw this.#unsupported('records for KPIs');
    const plan = this.#recordPlan(source, collect, scope, filter);
    return once(this.#records, plan, async () => this.#converted(await count(plan, this.#context.signal), plan));
  }

  figures(plan: FigurePlan): Promise<readonly FigureRow[]> {
    const read = this.#counter.figures?.bind(this.#counter);
    if (read === undefined) throw this.#unsupported('supplied figures');
    return once(this.#figures, plan, () => read(plan, this.#context.signal));
  }

  /** Money in the reported currency, where every sum has a rate; else as it is. */
  #converted(statistics: RecordStatistics, plan: RecordPlan): RecordStatistics {
    const { exchange } = this.#context;
    if (exchange === undefined || !isMoney(plan)) return statistics;
    const money = statistics.sums.filter(({ currency }) => currency !== null);
    const rates = ratesOf(exchange, money, zone(plan.timeZone).dayOf(plan.asOf));
    if (rates === null) return statistics;
    const sums = money.map(({ n, sum, squares, values }, i): RecordSum => {
      const rate = rates[i] ?? 1;
      return {
        currency: exchange.to,
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

  #recordPlan(source: RecordSource, collect: RecordPlan['collect'], scope: Scope, filter: Scope['filter']): RecordPlan {
    const { of, funnel, value, by, during } = source;
    const { asOf, timeZone, period } = scope;
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
      ...(during === undefined ? {} : { during: { field: during, ...daysUpTo(period, asOf, timeZone) } }),
      ...(value === undefined ? {} : { value }),
      collect,
      ...(this.#context.exchange !== undefined && during !== undefined && isMoney(source) ? { byDay: true } : {}),
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

async function once<T>(all: Map<string, Promise<T>>, plan: object, count: () => T | Promise<T>): Promise<T> {
  const key = canonicalJson(plan);
  const known = all.get(key);
  if (known !== undefined) return known;
  const counted = Promise.resolve(count());
  all.set(key, counted);
  return counted;
}

import type { AnswerContext, Flag, KpiDefinition, KpiInput, KpiValue, NullReason } from '../../contracts/index.ts';
import { canonicalJson } from '../../definitions/hash.ts';
import { findDefinition } from '../../definitions/registry.ts';
import { InputError, QuestionError } from '../../errors.ts';
import { againstTarget } from '../alignment.ts';
import { findKpi } from '../catalogue/all.ts';
import type { Reporting } from '../exchange.ts';
import { nothing, valueOf } from '../figure.ts';
import { specOf, type InputSpecs, type InputValue } from '../inputs.ts';
import { ownFacts, ownValue } from './own.ts';
import { filterOf, type Scope } from './scope.ts';
import type { Asker, Found } from './asker.ts';
import { findInput, sourceName } from './sources.ts';
import type { Tally } from './tally.ts';

/** A KPI in one scope. */
export interface Evaluated {
  value: KpiValue;
  inputs: KpiInput[];
  currency?: string;
  inPeriod: boolean;
}

/** Evaluates KPIs, each once for a scope. Definitions must be free of cycles. */
export class Evaluator {
  readonly #tally: Tally;
  readonly #context: AnswerContext;
  readonly #reporting: Reporting | undefined;
  readonly #known = new Map<string, Promise<Evaluated>>();

  constructor(tally: Tally, context: AnswerContext, reporting: Reporting | undefined) {
    this.#tally = tally;
    this.#context = context;
    this.#reporting = reporting;
  }

  /** @throws QuestionError naming the KPI when its inputs contradict each other. */
  evaluate(definition: KpiDefinition, scope: Scope): Promise<Evaluated> {
    const key = `${definition.id}@${definition.version} ${canonicalJson(scope)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#evaluate(definition, scope).then((one) => suppressed(one, definition.suppressBelow));
    this.#known.set(key, found);
    return found;
  }

  async #evaluate(definition: KpiDefinition, scope: Scope): Promise<Evaluated> {
    const asker = this.#asker(definition, scope);
    const { formula } = definition;
    if (!('kpi' in formula)) {
      const { value, currencies } = await ownValue(formula, asker);
      const inPeriod = formula.during !== undefined;
      return inOneCurrency({ value, inputs: [], inPeriod }, currencies);
    }
    const { inputs: specs, evaluate } = findKpi(formula.kpi);
    const found = new Map<string, Found>();
    await Promise.all(
      Object.entries(formula.inputs).map(async ([name, source]) => {
        found.set(name, await findInput(specOf(specs[name] ?? 'amount').kind, source, asker));
      }),
    );
    const named = Object.entries(formula.inputs).map(([name, source]): KpiInput => {
      const value = found.get(name)?.value;
      return {
        name,
        source: sourceName(source),
        ...(typeof value === 'number' ? { value } : {}),
        ...(value === null || value === undefined ? { missing: true } : {}),
      };
    });
    const inPeriod = [...found.values()].some((one) => one.inPeriod === true);
    const flags = [...new Set([...found.values()].flatMap((one) => one.flags ?? []))];
    const value = valueFrom(specs, found, (inputs) => {
      try {
        return evaluate(inputs);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        throw new QuestionError('invalid-question', `kpi "${definition.id}": ${error.message}`);
      }
    });
    const currencies = [...found.values()].flatMap((one) => one.currencies ?? []);
    return inOneCurrency({ value: withFlags(value, flags), inputs: named, inPeriod }, currencies);
  }

  #asker(definition: KpiDefinition, scope: Scope): Asker {
    const other = (name: string): Promise<Evaluated> => {
      const { segment: _, ...whole } = scope;
      const inner = findDefinition(this.#context.definitions, 'kpi', name);
      // A segment is one of the KPI that is asked for; what it is made of takes over its records.
      const filter = filterOf(scope, definition, { ...this.#context, rights: withoutRows(this.#context) });
      return this.evaluate(inner, { ...whole, ...(filter === undefined ? {} : { filter }) });
    };
    return {
      tally: this.#tally,
      scope,
      filter: filterOf(scope, definition, this.#context),
      reporting: this.#reporting,
      kpi: async (name) => {
        const { value, currency, inPeriod } = await other(name);
        const { result, flags } = value;
        const rest = { inPeriod, flags, ...(currency === undefined ? {} : { currencies: [currency] }) };
        return result.value === null
          ? { value: null, reason: result.reason, ...rest }
          : { value: result.value, ...rest };
      },
      score: async (name, target) => {
        const { value } = await other(name);
        const inner = findDefinition(this.#context.definitions, 'kpi', name);
        return scoreOf(value.result.value, target, directionOf(inner));
      },
    };
  }
}

const withoutRows = ({ rights }: AnswerContext): AnswerContext['rights'] => {
  const { rows: _, ...rest } = rights;
  return rest;
};

function scoreOf(
  value: number | null,
  target: number | undefined,
  direction: KpiDefinition['direction'],
): number | null {
  if (value === null) return null;
  if (target === undefined) return Math.min(100, Math.max(0, value * 100));
  if (direction !== 'down') return againstTarget(value, target);
  return value <= 0 ? 100 : Math.min(100, (100 * target) / value);
}

/** Which way is better. */
export function directionOf({ direction, formula }: KpiDefinition): 'up' | 'down' | 'band' {
  return direction ?? ('kpi' in formula ? findKpi(formula.kpi).direction : 'up');
}

/** What the value of a definition is. */
export function factsOf({ formula }: KpiDefinition): Pick<ReturnType<typeof findKpi>, 'unit' | 'additivity'> {
  return 'kpi' in formula ? findKpi(formula.kpi) : ownFacts(formula);
}

/** Computes from what was found; an input that is not known hands on its reason unless it may be left out. */
function valueFrom(
  specs: InputSpecs,
  found: ReadonlyMap<string, Found>,
  evaluate: (inputs: Record<string, InputValue | undefined>) => KpiValue,
): KpiValue {
  const inputs: Record<string, InputValue | undefined> = {};
  const segments = segmentsOf(specs, found);
  for (const [name, spec] of Object.entries(specs)) {
    const { kind, optional } = specOf(spec);
    const one = found.get(name);
    if (one === undefined || one.value === null) {
      const reason: NullReason = one?.reason ?? 'missing-input';
      if (kind === 'factor' && one !== undefined && !optional) inputs[name] = { value: null, reason };
      else if (!optional) return valueOf(nothing(reason));
      continue;
    }
    const { value } = one;
    if (kind !== 'series') inputs[name] = value;
    else if (isBySegment(value)) {
      const numbers = segments.flatMap((segment) => value[segment] ?? []);
      if (numbers.length < segments.length) return valueOf(nothing('missing-input'));
      inputs[name] = numbers;
    }
  }
  return evaluate(inputs);
}

/** The segments of all series, so that numbers of one segment stand at one place. */
function segmentsOf(specs: InputSpecs, found: ReadonlyMap<string, Found>): string[] {
  const names = [...found].flatMap(([name, { value }]) =>
    specOf(specs[name] ?? 'amount').kind === 'series' && isBySegment(value) ? Object.keys(value) : [],
  );
  return [...new Set(names)].sort();
}

const isBySegment = (value: unknown): value is Readonly<Record<string, number>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withFlags = (value: KpiValue, flags: readonly Flag[]): KpiValue => ({
  ...value,
  flags: [...new Set([...value.flags, ...flags])],
});

/** Money of several currencies has no sum. */
function inOneCurrency(evaluated: Evaluated, currencies: readonly string[]): Evaluated {
  const [currency, second] = new Set(currencies);
  if (second === undefined) return { ...evaluated, ...(currency === undefined ? {} : { currency }) };
  return { ...evaluated, value: valueOf(nothing('mixed-currency'), { flags: ['mixed-currency'] }) };
}

/** Hides a value that rests on too few. */
function suppressed(evaluated: Evaluated, below: number | undefined): Evaluated {
  const { n } = evaluated.value;
  if (below === undefined || n === undefined || n >= below) return evaluated;
  return { ...evaluated, inputs: [], value: valueOf(nothing('suppressed'), { flags: ['suppressed'] }) };
}

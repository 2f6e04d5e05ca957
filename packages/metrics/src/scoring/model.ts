import type { Criteria } from '../contracts/criteria.ts';
import { fieldsOf } from '../contracts/event-funnel-faults.ts';
import { DEFAULT_BANDS } from '../contracts/score-bands.ts';
import { criteriaOf, mostOf } from '../contracts/score-faults.ts';
import { InputError } from '../errors.ts';
import { readInput } from '../read-input.ts';
import { durationMs } from '../time/duration.ts';
import { ScoringModel, type Bands, type FitRule, type HalfLife, type SignalGroup } from './contracts.ts';
import { decidedly } from './decided.ts';

/** The attribute names that records have, so that a rule on one that does not exist is found. @beta */
export interface KnownAttributes {
  person?: readonly string[] | undefined;
  account?: readonly string[] | undefined;
  activity?: readonly string[] | undefined;
}

export interface PreparedRule extends FitRule {
  /** True only where the facts decide that the rule holds, and that it does not. */
  holds: Criteria;
  fails: Criteria;
}

export interface PreparedCriterion {
  key: string;
  label: string;
  of: 'person' | 'account';
  combine: 'sum' | 'first';
  max: number;
  rules: readonly PreparedRule[];
}

export interface PreparedSignal {
  key: string;
  label: string;
  activity: string;
  where: Criteria | undefined;
  points: number;
  halfLifeMs: number | null;
  cap: number;
  perDay: number;
  withinMs: number;
  group: string | undefined;
}

/** A model that has been checked, its defaults filled in. */
export interface PreparedModel {
  grain: 'person' | 'account';
  criteria: readonly PreparedCriterion[];
  signals: readonly PreparedSignal[];
  groups: readonly SignalGroup[];
  bands: Bands;
}

const DAYS_30: HalfLife = { days: 30 };
const prepared = new WeakMap<ScoringModel, PreparedModel>();

/**
 * Reads a scoring model from JSON and checks that it can be used.
 *
 * @param known attribute names that the records have; rules on others are refused. Default: not checked.
 * @throws InputError naming the field, why and what to write.
 * @beta
 */
export function readScoringModel(value: unknown, known: KnownAttributes = {}): ScoringModel {
  const model = readInput(ScoringModel, value, 'model');
  for (const { path, of, criteria } of criteriaOf(model)) checkAttributes(criteria, path, of, known[of]);
  prepared.set(model, prepare(model));
  return model;
}

/** The checked model; checked once for each object. @throws InputError */
export function preparedModel(model: ScoringModel): PreparedModel {
  let ready = prepared.get(model);
  if (ready === undefined) {
    ready = prepare(readInput(ScoringModel, model, 'model'));
    prepared.set(model, ready);
  }
  return ready;
}

function prepare({ grain = 'person', fit, engagement, bands = DEFAULT_BANDS }: ScoringModel): PreparedModel {
  return {
    grain,
    bands,
    criteria: fit.criteria.map(({ key, label = key, of = grain, combine = 'sum', max, rules }) => ({
      key,
      label,
      of,
      combine,
      max: max ?? mostOf({ combine, rules }),
      rules: rules.map((rule) => ({
        ...rule,
        holds: decidedly(rule.when, true),
        fails: decidedly(rule.when, false),
      })),
    })),
    signals: engagement.signals.map(({ key, label = key, activity = key, where, points, ...limits }) => {
      const halfLife = limits.halfLife ?? (points < 0 ? 'none' : (engagement.halfLife ?? DAYS_30));
      const { cap = Number.POSITIVE_INFINITY, perDay = Number.POSITIVE_INFINITY, within, group } = limits;
      return {
        key,
        label,
        activity,
        where,
        points,
        halfLifeMs: halfLife === 'none' ? null : durationMs(halfLife),
        cap,
        perDay,
        withinMs: within === undefined ? Number.POSITIVE_INFINITY : durationMs(within),
        group,
      };
    }),
    groups: engagement.groups ?? [],
  };
}

const ATTRIBUTES = 'attributes.';

function checkAttributes(
  criteria: Criteria,
  path: readonly (string | number)[],
  of: string,
  known: readonly string[] | undefined,
): void {
  if (known === undefined) return;
  for (const field of fieldsOf(criteria)) {
    const name = field.slice(ATTRIBUTES.length);
    if (field.startsWith(ATTRIBUTES) && !known.includes(name)) {
      throw new InputError(
        ['model', ...path].join('.'),
        `reads ${field}, which no ${of} has`,
        known.length === 0 ? `import it first` : `use one of ${known.join(', ')}, or import ${name} first`,
      );
    }
  }
}

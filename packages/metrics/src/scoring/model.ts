import type { Criteria } from '../contracts/criteria.ts';
import { fieldsOf } from '../contracts/event-funnel-faults.ts';
import { InputError } from '../errors.ts';
import { readInput } from '../read-input.ts';
import { durationMs } from '../time/duration.ts';
import { DEFAULT_BANDS } from './bands.ts';
import {
  ScoringModel,
  type Bands,
  type FitCriterion,
  type FitRule,
  type HalfLife,
  type Signal,
  type SignalGroup,
} from './contracts.ts';
import { decidedly } from './decided.ts';

/** The attribute names that records have, so that a rule on one that does not exist is found. */
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
  /** The most its rules give; the stated `max` may be more. */
  most: number;
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
 */
export function readScoringModel(value: unknown, known: KnownAttributes = {}): ScoringModel {
  const model = readInput(ScoringModel, value, 'model');
  prepared.set(model, prepare(model));
  for (const { path, of, criteria } of criteriaOf(model)) checkAttributes(criteria, path, of, known[of]);
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

function prepare(model: ScoringModel): PreparedModel {
  if (model.owners.length === 0) {
    throw new InputError('model.owners', 'is empty', 'name the teams that answer for it, such as marketing and sales');
  }
  const grain = model.grain ?? 'person';
  if (model.account !== undefined && grain !== 'account') {
    throw new InputError('model.account', 'is for accounts only', 'set grain to account or leave it out');
  }
  const { criteria } = model.fit;
  const { signals, groups = [] } = model.engagement;
  checkKeys(criteria, 'model.fit.criteria');
  checkKeys(signals, 'model.engagement.signals');
  checkKeys(groups, 'model.engagement.groups');
  for (const { path, criteria } of criteriaOf(model)) checkFields(criteria, path);
  const ready: PreparedModel = {
    grain,
    criteria: criteria.map((criterion, i) => prepareCriterion(criterion, grain, `model.fit.criteria.${i}`)),
    signals: signals.map((signal, i) => prepareSignal(signal, i, model)),
    groups,
    bands: model.bands ?? DEFAULT_BANDS,
  };
  checkBands(ready.bands, ready);
  return ready;
}

function prepareCriterion(
  { key, label = key, of, combine = 'sum', max, rules }: FitCriterion,
  grain: 'person' | 'account',
  path: string,
): PreparedCriterion {
  if (grain === 'account' && of === 'person') {
    throw new InputError(`${path}.of`, 'an account model does not read one person', 'write account or leave it out');
  }
  const positive = rules.map(({ points }) => Math.max(0, points));
  const most = combine === 'first' ? Math.max(...positive) : positive.reduce((sum, points) => sum + points, 0);
  if (max === 0 && most > 0) {
    throw new InputError(`${path}.max`, 'is 0 although rules give points', 'raise it or leave it out');
  }
  return {
    key,
    label,
    of: of ?? grain,
    combine,
    max: max ?? most,
    most: Math.min(max ?? most, most),
    rules: rules.map((rule) => ({
      ...rule,
      holds: decidedly(rule.when, true),
      fails: decidedly(rule.when, false),
    })),
  };
}

function prepareSignal(signal: Signal, i: number, { engagement }: ScoringModel): PreparedSignal {
  const { key, label = key, activity = key, where, points, cap, perDay, within, group } = signal;
  const path = `model.engagement.signals.${i}`;
  const groups = (engagement.groups ?? []).map((known) => known.key);
  if (group !== undefined && !groups.includes(group)) {
    throw new InputError(
      `${path}.group`,
      `"${group}" is no group of this model`,
      groups.length === 0 ? 'add it to engagement.groups' : `use one of ${groups.join(', ')} or add it`,
    );
  }
  const standing = signal.halfLife === undefined ? 'model.engagement.halfLife' : `${path}.halfLife`;
  const halfLife = signal.halfLife ?? (points < 0 ? 'none' : (engagement.halfLife ?? DAYS_30));
  return {
    key,
    label,
    activity,
    where,
    points,
    halfLifeMs: halfLife === 'none' ? null : positiveMs(halfLife, standing, 'or "none" for points that do not decay'),
    cap: cap ?? Number.POSITIVE_INFINITY,
    perDay: perDay ?? Number.POSITIVE_INFINITY,
    withinMs:
      within === undefined
        ? Number.POSITIVE_INFINITY
        : positiveMs(within, `${path}.within`, 'or leave it out to count all'),
    group,
  };
}

function positiveMs(duration: Exclude<HalfLife, 'none'>, path: string, otherwise: string): number {
  const ms = durationMs(duration);
  if (ms > 0) return ms;
  throw new InputError(path, 'is no time at all', `write a time above 0, such as { "days": 14 }, ${otherwise}`);
}

function checkKeys(list: readonly { key: string }[], path: string): void {
  const seen = new Map<string, number>();
  list.forEach(({ key }, i) => {
    const first = seen.get(key);
    if (first !== undefined) {
      throw new InputError(`${path}.${i}.key`, `"${key}" is also the key of ${path}.${first}`, 'give each its own key');
    }
    seen.set(key, i);
  });
}

function* criteriaOf({ fit, engagement, account, grain = 'person' }: ScoringModel): Iterable<{
  path: string;
  of: 'person' | 'account' | 'activity';
  criteria: Criteria;
}> {
  for (const [i, { of = grain, rules }] of fit.criteria.entries()) {
    for (const [j, { when }] of rules.entries()) {
      yield { path: `model.fit.criteria.${i}.rules.${j}.when`, of, criteria: when };
    }
  }
  for (const [i, { where }] of engagement.signals.entries()) {
    if (where !== undefined) {
      yield { path: `model.engagement.signals.${i}.where`, of: 'activity', criteria: where };
    }
  }
  if (account?.senior !== undefined) yield { path: 'model.account.senior', of: 'person', criteria: account.senior };
}

const ATTRIBUTES = 'attributes.';

/** A score reads records, not a funnel; an activity has attributes only. */
function checkFields(criteria: Criteria, path: string): void {
  for (const field of fieldsOf(criteria)) {
    if (field === 'stage' || field.startsWith('reached.')) {
      throw new InputError(
        path,
        `reads ${field}, which only a funnel knows`,
        'read attributes.NAME or another field of the record',
      );
    }
    if (path.endsWith('.where') && !field.startsWith(ATTRIBUTES)) {
      throw new InputError(path, `reads ${field}, which no activity has`, 'read attributes.NAME of the activity');
    }
  }
}

function checkAttributes(criteria: Criteria, path: string, of: string, known: readonly string[] | undefined): void {
  if (known === undefined) return;
  for (const field of fieldsOf(criteria)) {
    const name = field.slice(ATTRIBUTES.length);
    if (field.startsWith(ATTRIBUTES) && !known.includes(name)) {
      throw new InputError(
        path,
        `reads ${field}, which no ${of} has`,
        known.length === 0 ? `import it first` : `use one of ${known.join(', ')}, or import ${name} first`,
      );
    }
  }
}

function checkBands({ grade, level }: Bands, { criteria, signals, groups }: PreparedModel): void {
  falling(['A', 'B', 'C'], [grade.A, grade.B, grade.C], 'model.bands.grade');
  falling(['1', '2', '3'], [level[1], level[2], level[3]], 'model.bands.level');
  reachable(
    grade.A,
    criteria.reduce((sum, { most }) => sum + most, 0),
    'model.bands.grade.A',
    'raise max or points of the fit criteria',
  );
  const most = (group: string | undefined): number =>
    signals.reduce((sum, { points, cap, ...s }) => sum + (s.group === group && points > 0 ? cap : 0), 0);
  reachable(
    level[1],
    groups.reduce((sum, { key, cap }) => sum + Math.min(cap, most(key)), most(undefined)),
    'model.bands.level.1',
    'raise the limits of signals and groups',
  );
}

function falling(names: readonly string[], bounds: readonly number[], path: string): void {
  bounds.forEach((bound, i) => {
    const above = bounds[i - 1];
    if (above !== undefined && bound >= above) {
      throw new InputError(
        `${path}.${names[i]}`,
        `begins at ${bound} and overlaps ${names[i - 1]}, which begins at ${above}`,
        'let the bounds fall, such as 75, 50, 25',
      );
    }
  });
}

function reachable(bound: number, most: number, path: string, remedy: string): void {
  if (most < bound)
    throw new InputError(path, `begins at ${bound}, but at most ${most} can be reached`, `lower it, or ${remedy}`);
}

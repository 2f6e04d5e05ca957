import { durationMs } from '../time/duration.ts';
import type { Criteria } from './criteria.ts';
import { fieldsOf } from './event-funnel-faults.ts';
import { DEFAULT_BANDS } from './score-bands.ts';
import type { FitCriterion, HalfLife, ScoringFields } from './score-fields.ts';

type Path = readonly (string | number)[];

/** Something a scoring model says that cannot be used, and what would help. */
export interface ScoringFault {
  path: Path;
  reason: string;
  remedy: string;
}

/** What the fields of a scoring model say against each other; empty when all is well. */
export function scoringFaults(model: ScoringFields): ScoringFault[] {
  return [
    ...headFaults(model),
    ...keyFaults(model.fit.criteria, ['fit', 'criteria']),
    ...keyFaults(model.engagement.signals, ['engagement', 'signals']),
    ...keyFaults(model.engagement.groups ?? [], ['engagement', 'groups']),
    ...criteriaOf(model).flatMap(({ path, of, criteria }) => fieldFaults(criteria, path, of)),
    ...criterionFaults(model),
    ...signalFaults(model),
    ...bandFaults(model),
  ];
}

function* headFaults({ owners, account, grain }: ScoringFields): Iterable<ScoringFault> {
  if (owners.length === 0) {
    const remedy = 'name the teams that answer for it, such as marketing and sales';
    yield { path: ['owners'], reason: 'is empty', remedy };
  }
  if (account !== undefined && grain !== 'account') {
    yield { path: ['account'], reason: 'is for accounts only', remedy: 'set grain to account or leave it out' };
  }
}

function keyFaults(list: readonly { key: string }[], path: Path): ScoringFault[] {
  return list.flatMap(({ key }, i) => {
    const first = list.findIndex((other) => other.key === key);
    if (first === i) return [];
    const reason = `"${key}" is also the key of ${[...path, first].join('.')}`;
    return [{ path: [...path, i, 'key'], reason, remedy: 'give each its own key' }];
  });
}

/** The criteria of a model with where they stand and whose fields they read. */
export function criteriaOf({ fit, engagement, account, segments = [], grain = 'person' }: ScoringFields): {
  path: Path;
  of: 'person' | 'account' | 'activity';
  criteria: Criteria;
}[] {
  return [
    ...fit.criteria.flatMap(({ of = grain, rules }, i) =>
      rules.map(({ when }, j) => ({ path: ['fit', 'criteria', i, 'rules', j, 'when'], of, criteria: when })),
    ),
    ...engagement.signals.flatMap(({ where }, i) =>
      where === undefined
        ? []
        : [{ path: ['engagement', 'signals', i, 'where'], of: 'activity' as const, criteria: where }],
    ),
    ...(account?.senior === undefined
      ? []
      : [{ path: ['account', 'senior'], of: 'person' as const, criteria: account.senior }]),
    ...segments.map(({ where }, i) => ({ path: ['segments', i, 'where'], of: grain, criteria: where })),
  ];
}

/** A score reads records, not a funnel; an activity has attributes only. */
function fieldFaults(criteria: Criteria, path: Path, of: string): ScoringFault[] {
  return fieldsOf(criteria).flatMap((field) => {
    if (field === 'stage' || field.startsWith('reached.')) {
      const remedy = 'read attributes.NAME or another field of the record';
      return [{ path, reason: `reads ${field}, which only a funnel knows`, remedy }];
    }
    return of === 'activity' && !field.startsWith('attributes.')
      ? [{ path, reason: `reads ${field}, which no activity has`, remedy: 'read attributes.NAME of the activity' }]
      : [];
  });
}

/** The most points a criterion's rules give. */
export function mostOf({ combine = 'sum', rules }: Pick<FitCriterion, 'combine' | 'rules'>): number {
  const positive = rules.map(({ points }) => Math.max(0, points));
  return combine === 'first' ? Math.max(...positive) : positive.reduce((sum, points) => sum + points, 0);
}

function* criterionFaults({ fit, grain }: ScoringFields): Iterable<ScoringFault> {
  for (const [i, criterion] of fit.criteria.entries()) {
    const path = ['fit', 'criteria', i];
    if (grain === 'account' && criterion.of === 'person') {
      const remedy = 'write account or leave it out';
      yield { path: [...path, 'of'], reason: 'an account model does not read one person', remedy };
    }
    if (criterion.max === 0 && mostOf(criterion) > 0) {
      yield { path: [...path, 'max'], reason: 'is 0 although rules give points', remedy: 'raise it or leave it out' };
    }
  }
}

function* signalFaults({ engagement }: ScoringFields): Iterable<ScoringFault> {
  yield* durationFaults(engagement.halfLife, ['engagement', 'halfLife'], LASTING);
  const groups = (engagement.groups ?? []).map(({ key }) => key);
  for (const [i, { group, halfLife, within }] of engagement.signals.entries()) {
    const path = ['engagement', 'signals', i];
    if (group !== undefined && !groups.includes(group)) {
      const remedy = groups.length === 0 ? 'add it to engagement.groups' : `use one of ${groups.join(', ')} or add it`;
      yield { path: [...path, 'group'], reason: `"${group}" is no group of this model`, remedy };
    }
    yield* durationFaults(halfLife, [...path, 'halfLife'], LASTING);
    yield* durationFaults(within, [...path, 'within'], 'or leave it out to count all');
  }
}

const LASTING = 'or "none" for points that do not decay';

function* durationFaults(time: HalfLife | undefined, path: Path, otherwise: string): Iterable<ScoringFault> {
  if (time === undefined || time === 'none' || durationMs(time) > 0) return;
  const remedy = `write a time above 0, such as { "days": 14 }, ${otherwise}`;
  yield { path, reason: 'is no time at all', remedy };
}

function* bandFaults({ bands, fit, engagement: { signals, groups = [] } }: ScoringFields): Iterable<ScoringFault> {
  const { grade, level } = bands ?? DEFAULT_BANDS;
  const { A, B, C } = grade;
  yield* falling([A, B, C], ['A', 'B', 'C'], ['bands', 'grade']);
  yield* falling([level[1], level[2], level[3]], ['1', '2', '3'], ['bands', 'level']);
  const fitMost = fit.criteria.reduce((sum, c) => sum + Math.min(c.max ?? Number.POSITIVE_INFINITY, mostOf(c)), 0);
  yield* reachable(A, fitMost, ['bands', 'grade', 'A'], 'raise max or points of the fit criteria');
  const most = (group: string | undefined): number =>
    signals
      .filter((signal) => signal.group === group && signal.points > 0)
      .reduce((sum, { cap = Number.POSITIVE_INFINITY }) => sum + cap, 0);
  const engagementMost = groups.reduce((sum, { key, cap }) => sum + Math.min(cap, most(key)), most(undefined));
  yield* reachable(level[1], engagementMost, ['bands', 'level', 1], 'raise the limits of signals and groups');
}

function* falling(bounds: readonly number[], names: readonly string[], path: Path): Iterable<ScoringFault> {
  for (const [i, bound] of bounds.entries()) {
    const above = bounds[i - 1];
    if (above !== undefined && bound >= above) {
      const reason = `begins at ${bound} and overlaps ${names[i - 1]}, which begins at ${above}`;
      yield { path: [...path, names[i] ?? i], reason, remedy: 'let the bounds fall, such as 75, 50, 25' };
    }
  }
}

function* reachable(bound: number, most: number, path: Path, remedy: string): Iterable<ScoringFault> {
  if (most >= bound) return;
  yield { path, reason: `begins at ${bound}, but at most ${most} can be reached`, remedy: `lower it, or ${remedy}` };
}

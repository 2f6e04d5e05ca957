import { Loss } from '@sama/metrics/contracts';
import type {
  DurationGroup,
  EntryStatistics,
  FunnelPlan,
  FunnelStatistics,
  ReasonGroup,
  Span,
  StageStatistics,
} from '@sama/metrics/funnel';
import * as z from 'zod/mini';
import { grouped } from '../parts.ts';
import { REST } from './trials.ts';

const number = z.pipe(z.union([z.number(), z.bigint()]), z.transform(Number));
const maybe = z.pipe(
  z.union([z.number(), z.bigint(), z.null()]),
  z.transform((v) => (v === null ? null : Number(v))),
);

/** JSON text of a list; null where a database has nothing to list. */
const jsonList = <T extends z.ZodMiniType>(item: T) =>
  z.pipe(
    z.nullable(z.string()),
    z.pipe(
      z.transform((text: string | null): unknown => (text === null ? [] : JSON.parse(text))),
      z.array(item),
    ),
  );

const TrialRow = z.object({
  reached: number,
  explicit: number,
  rest: number,
  n: number,
  followed: number,
  amount: z.optional(maybe),
  code: z.optional(z.nullable(z.string())),
});
type TrialRow = z.infer<typeof TrialRow>;
const RankRow = z.object({ rank: number, n: number });
const PresentRow = z.object({ present: jsonList(number) });
const PartRow = z.object({ part: number });
const DurationRow = z.object({ rank: z.optional(number), duration: number, code: number, n: number });
const ScopeRow = z.object({
  entities: number,
  unknown: number,
  future: number,
  unlinked: number,
  through: maybe,
  present: jsonList(number),
  undated: jsonList(z.object({ stage: z.string(), n: number })),
});

const ReasonRow = z.object({ reached: number, rest: number, reason: z.nullable(z.string()), n: number });
type ReasonRow = z.infer<typeof ReasonRow>;

type Row = Readonly<Record<string, unknown>>;

/** The rows of the statements of a funnel question, by the names of `FunnelStatements`. @beta */
export interface FunnelRows {
  counts: readonly Row[];
  durations?: readonly Row[];
  conversion?: readonly Row[];
  reasons?: readonly Row[];
  scope: readonly Row[];
}

/** Joins the rows of an engine to the statistics every engine gives. @beta */
export function decodeFunnel(plan: FunnelPlan, rows: FunnelRows, horizonMs: number | undefined): FunnelStatistics {
  const [scope] = rows.scope.map((row) => z.parse(ScopeRow, row));
  const undated = scope?.undated ?? [];
  const through = scope?.through ?? null;
  return {
    ...(plan.view === 'cohort' ? cohort(plan, rows, horizonMs) : standing(plan, rows, undated)),
    warnings: {
      futureEvents: scope?.future ?? 0,
      unknownStageEvents: scope?.unknown ?? 0,
      undated: undated.reduce((sum, row) => sum + row.n, 0),
      unlinked: scope?.unlinked ?? 0,
    },
    entities: scope?.entities ?? 0,
    missing: missingOf(plan, scope?.present ?? []),
    ...(through === null ? {} : { dataThrough: through }),
  };
}

/** Main stages that do not occur though a later one does. */
function missingOf({ line }: FunnelPlan, present: readonly number[]): number[] {
  const furthest = line.main.findLast(({ rank }) => present.includes(rank))?.rank ?? 0;
  return line.main.filter(({ rank }) => rank < furthest && !present.includes(rank)).map(({ rank }) => rank);
}

/** Joins the rows of the statements of `EntryStatements`, by their names: one for each span. @beta */
export function decodeEntries(
  plan: FunnelPlan,
  spans: readonly Span[],
  rows: { counts: readonly Row[]; present: readonly Row[] },
  horizonMs: number | undefined,
): EntryStatistics[] {
  const parts = grouped(rows.counts, (row) => z.parse(PartRow, row).part);
  const present = rows.present.flatMap((row) => z.parse(PresentRow, row).present);
  return spans.map((_, i): EntryStatistics => {
    const own = { counts: parts.get(i) ?? [], scope: [] };
    const { stages, entrants, followed } =
      plan.view === 'cohort' ? cohort(plan, own, horizonMs) : standing(plan, own, []);
    return {
      stages,
      entrants,
      followed,
      ...(plan.view === 'cohort' && horizonMs !== undefined ? { horizonMs } : {}),
      missing: missingOf(plan, present),
    };
  });
}

function durationGroups(rows: readonly Row[] = []): { rank: number; group: DurationGroup }[] {
  return rows.map((row) => {
    const { rank = 0, duration, code, n } = z.parse(DurationRow, row);
    return { rank, group: [duration, code === 1 ? 1 : code === 2 ? 2 : 0, n] };
  });
}

function cohort(plan: FunnelPlan, rows: FunnelRows, horizonMs: number | undefined) {
  const trials = rows.counts.map((row) => z.parse(TrialRow, row));
  const durations = durationGroups(rows.durations);
  const reasons = rows.reasons?.map((row) => z.parse(ReasonRow, row));
  const final = plan.line.main.length - 1;
  const stages = plan.line.main
    .filter(({ rank }) => rank >= plan.anchorRank)
    .map(({ rank }): StageStatistics => ({
      ...stageCounts(plan, rank, trials),
      ...(plan.measure === 'value' ? { value: values(rank, trials) } : {}),
      ...(plan.time && rank < final ? { durations: durations.filter((d) => d.rank === rank).map((d) => d.group) } : {}),
      ...(reasons === undefined ? {} : { reasons: rank < final ? reasonsAt(rank, reasons) : [] }),
    }));
  return {
    stages,
    side: [],
    entrants: trials.reduce((sum, t) => sum + t.n, 0),
    followed: trials.reduce((sum, t) => sum + t.followed, 0),
    ...(horizonMs === undefined ? {} : { horizonMs }),
    ...(rows.conversion === undefined ? {} : { conversion: durationGroups(rows.conversion).map((d) => d.group) }),
  };
}

const has = (mask: number, rank: number): boolean => ((mask >> rank) & 1) === 1;

function stageCounts(plan: FunnelPlan, rank: number, trials: readonly TrialRow[]): StageStatistics {
  const final = plan.line.main.length - 1;
  const here = trials.filter((t) => has(t.reached, rank));
  const sum = (of: readonly TrialRow[]): number => of.reduce((n, t) => n + t.n, 0);
  const resting = here.filter((t) => rank !== final && !has(t.reached, rank + 1));
  const rest = (kind: number): number => sum(resting.filter((t) => t.rest === kind));
  return {
    rank,
    count: sum(here),
    imputed: plan.skipPolicy === 'impute' ? sum(here.filter((t) => !has(t.explicit, rank))) : 0,
    advanced: sum(here) - sum(resting),
    open: rest(REST.open) + rest(REST.overdue),
    overdue: rest(REST.overdue),
    recycled: rest(REST.recycled),
    lost: rest(REST.lost),
    disqualified: rest(REST.disqualified),
  };
}

function reasonsAt(rank: number, rows: readonly ReasonRow[]): ReasonGroup[] {
  const here = rows.filter(({ reached }) => has(reached, rank) && !has(reached, rank + 1));
  return Loss.options.flatMap((outcome) => {
    const own = here.filter(({ rest }) => rest === REST[outcome]);
    return Array.from(
      grouped(own, ({ reason }) => reason),
      ([reason, alike]) => ({
        outcome,
        reason,
        count: alike.reduce((sum, { n }) => sum + n, 0),
      }),
    );
  });
}

function values(rank: number, trials: readonly TrialRow[]): { currency: string; sum: number }[] {
  const sums = new Map<string, number>();
  for (const t of trials) {
    if (typeof t.code === 'string' && has(t.reached, rank)) sums.set(t.code, (sums.get(t.code) ?? 0) + (t.amount ?? 0));
  }
  return Array.from(sums, ([currency, sum]) => ({ currency, sum }));
}

const NO_OUTCOMES = { imputed: 0, advanced: 0, open: 0, overdue: 0, recycled: 0, lost: 0, disqualified: 0 };

function standing(plan: FunnelPlan, rows: FunnelRows, undated: readonly { stage: string; n: number }[]) {
  const counts = new Map<number, number>();
  const add = (rank: number, n: number): void => {
    counts.set(rank, (counts.get(rank) ?? 0) + n);
  };
  for (const row of rows.counts) {
    const { rank, n } = z.parse(RankRow, row);
    add(rank, n);
  }
  if (plan.view === 'snapshot') {
    const ranks = new Map([...plan.line.main, ...plan.line.side].map((s) => [s.key, s.rank]));
    for (const { stage, n } of undated) add(ranks.get(stage) ?? -1, n);
  }
  const durations = durationGroups(rows.durations);
  return {
    stages: plan.line.main.map(({ rank }): StageStatistics => ({
      rank,
      count: counts.get(rank) ?? 0,
      ...NO_OUTCOMES,
      ...(plan.view === 'snapshot' && plan.time
        ? { durations: durations.filter((d) => d.rank === rank).map((d) => d.group) }
        : {}),
    })),
    side: plan.line.side.map(({ rank }) => ({ rank, count: counts.get(rank) ?? 0 })),
    entrants: 0,
    followed: 0,
  };
}

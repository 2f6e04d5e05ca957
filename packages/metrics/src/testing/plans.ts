import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type {
  Counted,
  Criteria,
  Duration,
  EntityType,
  EntryPolicy,
  FunnelDefinition,
  FunnelQuestion,
  SideStage,
  SkipPolicy,
  Unit,
  View,
} from '../contracts/index.ts';
import type { FunnelPlan } from '../funnel/plan.ts';
import { DAY, startOfDay } from './oracle-days.ts';

/** The main line of the worked vectors. */
export const LADDER = ['lead', 'mql', 'sal', 'sql', 'opportunity', 'won'] as const;

/** The seven side states, stated in full so that nothing rests on a default. */
export const SIDE_STAGES: readonly SideStage[] = [
  { key: 'returned', outcome: 'recycled', terminal: false },
  { key: 'recycled', outcome: 'recycled', terminal: true },
  { key: 'nurture', outcome: 'recycled', terminal: true },
  { key: 'disqualified', outcome: 'disqualified', terminal: true },
  { key: 'expired', outcome: 'open', terminal: false, overdue: true },
  { key: 'lost', outcome: 'lost', terminal: true },
  { key: 'churned', outcome: 'lost', terminal: true },
];

/** Everything a funnel question can choose; what is left out takes the default of `planOf`. */
export interface Choices {
  grain?: EntityType;
  stages?: readonly string[];
  reentryStage?: string;
  coolingOff?: Duration;
  sourcePriority?: readonly string[];
  timeZone?: string;
  /** ISO instant. */
  asOf?: string;
  view?: View;
  anchor?: string;
  skipPolicy?: SkipPolicy;
  entryPolicy?: EntryPolicy;
  unit?: Unit;
  measure?: Counted;
  /** Local days, `[first, end)`. */
  period?: readonly [first: string, end: string];
  window?: Duration;
  filter?: Criteria;
  time?: boolean;
  estimate?: boolean;
  /** Default: false. */
  reasons?: boolean;
}

/** Choices with every default filled, and the definition they make. */
function settle(choices: Choices) {
  const view = choices.view ?? 'cohort';
  const stages = choices.stages ?? LADDER;
  const settled = {
    grain: choices.grain ?? 'person',
    stages,
    reentryStage: choices.reentryStage ?? (stages.includes('mql') ? 'mql' : (stages[1] ?? '')),
    coolingOff: choices.coolingOff ?? { days: 30 },
    sourcePriority: choices.sourcePriority ?? [],
    timeZone: choices.timeZone ?? 'UTC',
    asOf: choices.asOf ?? '2026-03-31T00:00:00Z',
    view,
    anchor: choices.anchor ?? stages[0] ?? '',
    skipPolicy: choices.skipPolicy ?? (view === 'activity' ? 'open' : 'impute'),
    entryPolicy: choices.entryPolicy ?? 'first',
    unit: choices.unit ?? (choices.entryPolicy === 'every' ? 'cycle' : 'entity'),
    measure: choices.measure ?? 'count',
    time: choices.time ?? true,
    estimate: choices.estimate ?? true,
  } as const;
  const definition: FunnelDefinition = {
    kind: 'funnel',
    id: 'ladder',
    version: '1.0.0',
    owners: ['both'],
    grain: settled.grain,
    stages: stages.map((key) => ({ key, owner: 'both' })),
    side: [...SIDE_STAGES],
    reentryStage: settled.reentryStage,
    coolingOff: settled.coolingOff,
    sourcePriority: [...settled.sourcePriority],
  };
  return { ...settled, definition };
}

/** The plan of a question, written down without the planner. */
export function planOf(choices: Choices = {}): FunnelPlan {
  const settled = settle(choices);
  const { definition, timeZone } = settled;
  const main = settled.stages.map((key, rank) => ({ key, rank }));
  const rankOf = (key: string): number => {
    const rank = settled.stages.indexOf(key);
    if (rank < 0) throw new Error(`${key} is no main stage of this case`);
    return rank;
  };
  return {
    definition,
    line: {
      hash: bytesToHex(sha256(new TextEncoder().encode(JSON.stringify(definition)))),
      grain: settled.grain,
      main,
      side: SIDE_STAGES.map(({ key, outcome, terminal, overdue }, index) => ({
        key,
        rank: main.length + index,
        outcome,
        terminal,
        overdue: overdue ?? false,
      })),
      reentryRank: rankOf(settled.reentryStage),
      coolingOffMs: milliseconds(settled.coolingOff),
      sourcePriority: settled.sourcePriority,
      timeZone,
    },
    view: settled.view,
    anchorRank: rankOf(settled.anchor),
    skipPolicy: settled.skipPolicy,
    entryPolicy: settled.entryPolicy,
    unit: settled.unit,
    measure: settled.measure,
    asOf: Date.parse(settled.asOf),
    time: settled.time,
    estimate: settled.estimate,
    ...(choices.reasons === true && settled.view === 'cohort' && { reasons: true }),
    ...(choices.period && {
      from: startOfDay(choices.period[0], timeZone),
      to: startOfDay(choices.period[1], timeZone),
    }),
    ...(choices.window && { windowMs: milliseconds(choices.window) }),
    ...(choices.filter && { where: choices.filter }),
  };
}

/** The same choices as a question and its definition, for the way through the planner. */
export function questionOf(choices: Choices = {}): { question: FunnelQuestion; definition: FunnelDefinition } {
  const settled = settle(choices);
  const question: FunnelQuestion = {
    kind: 'funnel',
    asOf: settled.asOf,
    timeZone: settled.timeZone,
    funnel: settled.definition.id,
    view: settled.view,
    anchor: settled.anchor,
    skipPolicy: settled.skipPolicy,
    entryPolicy: settled.entryPolicy,
    unit: settled.unit,
    measure: settled.measure,
    window: choices.window ?? 'none',
    details: [
      ...(settled.time ? ['time' as const] : []),
      ...(settled.estimate ? ['estimate' as const] : []),
      ...(choices.reasons === true ? ['reasons' as const] : []),
    ],
    ...(choices.period && { period: choices.period.join('/') }),
    ...(choices.filter && { filter: choices.filter }),
  };
  return { question, definition: settled.definition };
}

function milliseconds({ days = 0, hours = 0, minutes = 0 }: Duration): number {
  return days * DAY + hours * 3_600_000 + minutes * 60_000;
}

import * as fc from 'fast-check';
import { Loss, type Outcome, type RecordSort } from '../contracts/index.ts';
import type { FunnelStatistics } from '../funnel/statistics.ts';
import { MemoryCounter } from '../engine/memory.ts';
import type { MemberPage, MemberPlan } from '../rows/members.ts';
import { arbitraryExample, type Example } from './questions.ts';

const OUTCOMES: readonly Outcome[] = ['advanced', 'open', 'overdue', 'recycled', 'lost', 'disqualified'];
const FIELDS = ['amount', 'owner', 'stage', 'attributes.region', 'attributes.score', 'currency'];

/** A page of those whom a random funnel counts at a stage, of any view, in any order. @beta */
export function arbitraryMembers(): fc.Arbitrary<Example & { members: MemberPlan }> {
  return arbitraryExample({ choose: { time: false, estimate: false, measure: 'count', reasons: true } }).chain(
    (example) => {
      const { plan } = example;
      const { main, side } = plan.line;
      const cohort = plan.view === 'cohort';
      const shown = cohort ? main.slice(plan.anchorRank) : [...main, ...side];
      const fields = fc.shuffledSubarray([...FIELDS, `reached.${main.at(-1)?.key ?? ''}`]);
      return fields.chain((names) =>
        fc
          .record({
            rank: fc.constantFrom(...shown.map((stage) => stage.rank)),
            outcome: cohort
              ? fc.option(fc.constantFrom(...OUTCOMES), { nil: undefined, freq: 3 })
              : fc.constant(undefined),
            by: fc.constantFrom<RecordSort['by']>('entered', 'id', ...names),
            descending: fc.boolean(),
            offset: fc.constantFrom(0, 0, 1, 2),
            limit: fc.constantFrom(1, 2, 3, 50),
            reason: fc.constantFrom(undefined, undefined, null, 'budget'),
          })
          .map(({ rank, outcome, by, descending, offset, limit, reason }) => ({
            ...example,
            members: {
              funnel: plan,
              rank,
              ...(outcome === undefined ? {} : { outcome }),
              ...(reason === undefined || !Loss.options.some((loss) => loss === outcome) ? {} : { reason }),
              fields: names,
              sort: { by, descending },
              offset,
              limit,
            },
          })),
      );
    },
  );
}

/** The number of the mark whose members a plan asks for. @beta */
export function countOfMark({ stages, side }: FunnelStatistics, { rank, outcome, reason }: MemberPlan): number {
  const stage = stages.find((one) => one.rank === rank);
  if (reason !== undefined)
    return stage?.reasons?.find((group) => group.outcome === outcome && group.reason === reason)?.count ?? 0;
  if (outcome !== undefined) return stage?.[outcome] ?? 0;
  return stage?.count ?? side.find((one) => one.rank === rank)?.count ?? 0;
}

/** The page as the engine in memory finds it. @beta */
export const membersInMemory = (world: Example['world'], plan: MemberPlan): MemberPage =>
  new MemoryCounter(world).members(plan);

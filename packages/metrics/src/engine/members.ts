import { Loss, type Outcome, type Scalar } from '../contracts/index.ts';
import { compareText } from '../criteria/index.ts';
import type { Member, MemberPage, MemberPlan } from '../rows/members.ts';
import type { Dataset } from './dataset.ts';
import { derivedReader } from './derived.ts';
import { entityFilter, forEachEntity } from './funnel.ts';
import type { LineData } from './line-data.ts';
import { reasonReader } from './reasons.ts';
import { REST } from './tally.ts';
import { CohortCounter, type Trial } from './trials.ts';

/** Somebody who counts, by the row of the entity. */
interface Found {
  entity: number;
  entered: number | null;
  outcome?: Outcome;
  reason?: string | null;
}

const RESTS: Readonly<Record<number, Outcome>> = {
  [REST.open]: 'open',
  [REST.overdue]: 'overdue',
  [REST.recycled]: 'recycled',
  [REST.lost]: 'lost',
  [REST.disqualified]: 'disqualified',
};

/** Finds those whom a funnel counts at a stage. */
export function findMembers(data: Dataset, line: LineData, plan: MemberPlan): MemberPage {
  const found = plan.funnel.view === 'cohort' ? ofCohort(data, line, plan) : ofEntries(line, plan);
  const read = derivedReader(line, plan.funnel.line);
  const members = found.map(({ entity, ...rest }) => ({ id: line.entities.id(entity), entity, ...rest }));
  members.sort(order(plan, read(plan.sort.by)));
  const readers = plan.fields.map((field) => read(field));
  return {
    total: members.length,
    members: members
      .slice(plan.offset, plan.offset + plan.limit)
      .map(({ entity, ...member }): Member => ({ ...member, values: readers.map((of) => of(entity) ?? null) })),
  };
}

function ofCohort(data: Dataset, line: LineData, { funnel, rank, outcome, reason: wanted }: MemberPlan): Found[] {
  const found: Found[] = [];
  const final = funnel.line.main.length - 1;
  const loss = Loss.options.find((one) => one === outcome);
  const reasonOf = loss === undefined ? undefined : reasonReader(data, funnel.line);
  const take = ({ entity, entered, reached, kind, since }: Trial): void => {
    if (((reached >> rank) & 1) === 0) return;
    const advanced = rank === final || ((reached >> (rank + 1)) & 1) === 1;
    const own = advanced ? 'advanced' : (RESTS[kind] ?? 'open');
    if (outcome !== undefined && outcome !== own && (outcome !== 'open' || own !== 'overdue')) return;
    const reason = loss === undefined ? undefined : reasonOf?.(entity, loss, since);
    if (wanted !== undefined && reason !== wanted) return;
    found.push({ entity, entered, outcome: own, ...(reason === undefined ? {} : { reason }) });
  };
  const counter = new CohortCounter(funnel, line, () => null, [funnel], take);
  forEachEntity(line, funnel, entityFilter(line, funnel), (e, begin, end) => {
    if (end > begin) counter.add(e, begin, end);
  });
  return found;
}

function ofEntries(line: LineData, { funnel, rank }: MemberPlan): Found[] {
  const found: Found[] = [];
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, unit, view } = funnel;
  forEachEntity(line, funnel, entityFilter(line, funnel), (entity, begin, end, standing) => {
    if (view === 'snapshot') {
      if (end > begin && line.rank[end - 1] === rank) found.push({ entity, entered: line.at[end - 1] ?? 0 });
      else if (standing === rank) found.push({ entity, entered: null });
      return;
    }
    for (let i = begin; i < end; i++) {
      const entered = line.at[i] ?? 0;
      if (line.rank[i] !== rank || entered < from || entered >= to) continue;
      found.push({ entity, entered });
      if (unit === 'entity') return;
    }
  });
  return found;
}

type Sortable = Found & { id: string };

/** Numbers before texts before truths; what has no value last, whichever way. */
function order(
  { sort }: MemberPlan,
  read: (entity: number) => Scalar | undefined,
): (a: Sortable, b: Sortable) => number {
  const way = sort.descending === true ? -1 : 1;
  const keyOf = (one: Sortable): Scalar =>
    sort.by === 'id' ? one.id : sort.by === 'entered' ? one.entered : (read(one.entity) ?? null);
  return (a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    const kinds = kindOf(x) - kindOf(y);
    if (kinds !== 0) return kinds;
    return way * compareAlike(x, y) || compareText(a.id, b.id) || (a.entered ?? 0) - (b.entered ?? 0);
  };
}

const KINDS = ['number', 'string', 'boolean'];
const kindOf = (value: Scalar): number => (value === null ? KINDS.length : KINDS.indexOf(typeof value));

function compareAlike(a: Scalar, b: Scalar): number {
  return typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : Number(a) - Number(b);
}

import type { Loss } from '../contracts/index.ts';
import { compareText } from '../criteria/index.ts';
import type { FunnelPlan, Line } from '../funnel/plan.ts';
import type { ReasonGroup } from '../funnel/statistics.ts';
import { zone } from '../time/index.ts';
import { entityOffsets, type Dataset, type EventColumns } from './dataset.ts';
import { joinOpportunities } from './line-data.ts';
import { REST } from './tally.ts';
import type { Trial } from './trials.ts';

/** The loss that a class a trial rests in is. */
const LOSS_OF_REST: Readonly<Record<number, Loss>> = {
  [REST.recycled]: 'recycled',
  [REST.lost]: 'lost',
  [REST.disqualified]: 'disqualified',
};

/** Why an entity came to a loss at an instant; null when nothing is said. */
export type ReasonOf = (entity: number, loss: Loss, at: number) => string | null;

/** Reads the reason of a loss from the events that came at its instant or on its day (section 14). */
export function reasonReader(data: Dataset, line: Line): ReasonOf {
  const { grain } = line;
  const losses = new Map<number, string>();
  for (const { key, outcome } of line.side) {
    const code = data.stages.find(key);
    if (code !== undefined) losses.set(code, outcome);
  }
  const calendar = zone(line.timeZone);
  const dayOf = (at: number): number => Math.round(Date.parse(`${calendar.dayOf(at)}T00:00:00Z`) / 86_400_000);
  const own = data.events[grain];
  const offsets = entityOffsets(own.entity, own.length, data.entities[grain].size);
  const joins = grain === 'opportunity' ? null : joinOpportunities(data, grain);
  return (entity, loss, at) => {
    let found: string | null = null;
    let day: number | undefined;
    const look = (events: EventColumns, begin: number, end: number): void => {
      for (let i = begin; i < end; i++) {
        const reason = data.reasons.values[events.reason[i] ?? -1];
        if (reason === undefined || losses.get(events.stage[i] ?? -1) !== loss) continue;
        const instant = events.at[i] ?? Number.NaN;
        if (Number.isNaN(instant) ? events.day[i] !== (day ??= dayOf(at)) : instant !== at) continue;
        if (found === null || compareText(reason, found) < 0) found = reason;
      }
    };
    look(own, offsets[entity] ?? 0, offsets[entity + 1] ?? 0);
    for (let k = joins?.offsets[entity] ?? 0, end = joins?.offsets[entity + 1] ?? 0; k < end; k++) {
      const o = joins?.rows[k] ?? 0;
      look(data.events.opportunity, joins?.eventOffsets[o] ?? 0, joins?.eventOffsets[o + 1] ?? 0);
    }
    return found;
  };
}

/** Counts the reasons of the losses at each stage. */
export class ReasonTally {
  readonly #plan: FunnelPlan;
  readonly #reasonOf: ReasonOf;
  readonly #groups: Map<string, ReasonGroup>[];

  constructor(plan: FunnelPlan, data: Dataset) {
    this.#plan = plan;
    this.#reasonOf = reasonReader(data, plan.line);
    this.#groups = plan.line.main.map(() => new Map());
  }

  readonly add = ({ entity, reached, kind, since }: Trial): void => {
    const outcome = LOSS_OF_REST[kind];
    if (outcome === undefined) return;
    const reason = this.#reasonOf(entity, outcome, since);
    const final = this.#plan.line.main.length - 1;
    for (let rank = this.#plan.anchorRank; rank < final; rank++) {
      if (((reached >> rank) & 1) === 0 || ((reached >> (rank + 1)) & 1) === 1) continue;
      const groups = this.#groups[rank];
      const key = JSON.stringify([outcome, reason]);
      const group = groups?.get(key);
      if (group === undefined) groups?.set(key, { outcome, reason, count: 1 });
      else group.count++;
    }
  };

  at(rank: number): ReasonGroup[] {
    return [...(this.#groups[rank]?.values() ?? [])];
  }
}

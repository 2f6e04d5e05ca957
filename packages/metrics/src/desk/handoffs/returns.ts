import type { HandoffReturns, HandoffsQuestion } from '../../contracts/index.ts';
import type { HandoffEvent } from '../../handoff/contracts/index.ts';
import { returnPareto } from '../../handoff/log/pareto.ts';
import { resolvePeriod, zone } from '../../time/index.ts';
import type { FiscalCalendar } from '../../contracts/index.ts';
import type { Desk } from '../desk.ts';
import type { Asking } from '../reader.ts';
import type { Entries } from './entries.ts';
import { elementOf } from './log-lines.ts';
import { readerOf } from './people.ts';
import { permitted } from './views.ts';

/** Why hand-offs came back. */
export function handoffReturns(
  { by = 'all', period, timeZone }: HandoffsQuestion,
  desk: Desk,
  entries: Entries,
  asking: Asking,
  fiscal?: FiscalCalendar,
): HandoffReturns {
  const logs = new Map<string, readonly HandoffEvent[]>();
  for (const { id } of permitted(asking.rights.rows, entries.in('newest'), desk, asking)) logs.set(id, desk.log(id));
  const within = period === undefined ? undefined : daysOf(period, timeZone ?? asking.timeZone, asking.at, fiscal);
  const groups = returnPareto(logs, by === 'campaign' ? 'campaignId' : by, within);
  return {
    kind: 'handoffs',
    show: 'returns',
    ledger: desk.version,
    ...(asking.reader === undefined ? {} : { me: readerOf(asking.reader) }),
    by,
    groups: groups.map(({ reasons, ...group }) => ({
      ...group,
      reasons: reasons.map((reason) => elementOf(reason, desk.policy)),
    })),
  };
}

/** Whether an instant lies in a period's days of a time zone. */
function daysOf(text: string, timeZone: string, at: string, fiscal?: FiscalCalendar): (instant: string) => boolean {
  const { from, to } = resolvePeriod(text, { asOf: Date.parse(at), timeZone, fiscal });
  const [start, end] = [zone(timeZone).startOf(from), zone(timeZone).startOf(to)];
  return (instant) => Date.parse(instant) >= start && Date.parse(instant) < end;
}

import type { Annotation, Envelope, MarkLine } from '../contracts/index.ts';
import { isDay, zone } from '../time/index.ts';

/** The most of one answer; the newest are kept. */
const MOST = 50;

/**
 * The annotations and decisions an answer carries, in the order of the time line: those of its definitions or of none,
 * within its period, and nothing that lies after its `asOf`.
 */
export function annotationsOf(marks: Iterable<MarkLine>, { data, asOf, definition }: Envelope): Annotation[] {
  if (asOf === undefined || (data?.kind !== 'funnel' && data?.kind !== 'eventFunnel' && data?.kind !== 'kpi'))
    return [];
  const { dayOf } = zone(data.timeZone);
  const dayOn = (at: string): string => (isDay(at) ? at : dayOf(Date.parse(at)));
  const { from = '', to } = data.period ?? {};
  const last = dayOn(asOf);
  const ids = new Set(idsOf(data, definition?.id));
  const found: Annotation[] = [];
  for (const { at, kind, text, of, status } of marks) {
    const day = dayOn(at);
    if (status === 'removed' || day < from || day > last || (to !== undefined && day >= to)) continue;
    if (of === undefined || ids.has(of)) found.push({ at, kind, text });
  }
  return found.sort((a, b) => compare(dayOn(a.at), dayOn(b.at)) || compare(a.at, b.at)).slice(-MOST);
}

/** The definitions an answer is about. */
const idsOf = (data: NonNullable<Envelope['data']>, definition: string | undefined): string[] =>
  data.kind === 'kpi' ? data.kpis.map(({ id }) => id) : [definition ?? ''];

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

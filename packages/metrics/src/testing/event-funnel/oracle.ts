import type { ActivityEvent, EventFunnelDefinition } from '../../contracts/index.ts';
import type { EventFunnelStatistics } from '../../funnel/index.ts';
import { durationMs } from '../../time/index.ts';

/** What became of one trial: which step each event filled, and whether it may go on. */
interface Trial {
  /** The event that filled each step; in any order, the k-th filled. */
  filled: (Moment | undefined)[];
  open: boolean;
}

interface Moment {
  name: string;
  ms: number;
  index: number;
}

/** What the plain reading of the rules counts. @beta */
export interface OracleEventCounts {
  counts: number[];
  open: number;
  dropped: number;
  /** From the step reached before, ascending, one list for each step. */
  times: number[][];
}

/** Counts persons, or entries, by `docs/event-funnel.md` alone: every try on its own, every event looked at. @beta */
export function oracleEventCounts(
  definition: EventFunnelDefinition,
  events: readonly ActivityEvent[],
  range: { from: number; to: number; asOf: number },
): OracleEventCounts {
  const result: OracleEventCounts = {
    counts: definition.steps.map(() => 0),
    open: 0,
    dropped: 0,
    times: definition.steps.map(() => []),
  };
  for (const person of new Set(events.map((e) => e.personId))) {
    const moments = events
      .filter((e) => e.personId === person)
      .map(({ name, at, source }): Moment & { record: string } => ({
        name,
        ms: Date.parse(at),
        index: 0,
        record: source.recordId,
      }))
      .filter(({ ms }) => ms <= range.asOf)
      .sort(
        (a, b) =>
          a.ms - b.ms || fitsOf(definition, a).length - fitsOf(definition, b).length || (a.record < b.record ? -1 : 1),
      );
    moments.forEach((moment, index) => (moment.index = index));
    for (const trial of trialsOf(definition, moments, range)) addTrial(definition, result, trial);
  }
  for (const times of result.times) times.sort((a, b) => a - b);
  return result;
}

/** An engine's statistics in the words of the oracle. @beta */
export function seenByOracle({ steps, durations = [] }: EventFunnelStatistics): OracleEventCounts {
  const sum = (pick: 'open' | 'dropped'): number => steps.reduce((n, s) => n + s[pick], 0);
  return {
    counts: steps.map((s) => s.reached),
    open: sum('open'),
    dropped: sum('dropped'),
    times: durations.map((d) => d.flatMap(([ms, n]) => Array.from({ length: n }, () => ms))),
  };
}

function addTrial(definition: EventFunnelDefinition, result: OracleEventCounts, { filled, open }: Trial): void {
  let before = filled[0];
  filled.forEach((moment, step) => {
    if (moment === undefined) return;
    result.counts[step] = (result.counts[step] ?? 0) + 1;
    if (step > 0 && before !== undefined) result.times[step]?.push(moment.ms - before.ms);
    before = moment;
  });
  if (filled[definition.steps.length - 1] !== undefined) return;
  if (open) result.open++;
  else result.dropped++;
}

const fits = ({ event }: { event?: string | string[] | undefined }, { name }: Moment): boolean =>
  event === undefined || (typeof event === 'string' ? event === name : event.includes(name));

const fitsOf = ({ steps }: EventFunnelDefinition, moment: Moment): number[] =>
  steps.flatMap((step, i) => (fits(step, moment) ? [i] : []));

function trialsOf(
  definition: EventFunnelDefinition,
  moments: readonly Moment[],
  { from, to, asOf }: { from: number; to: number; asOf: number },
): Trial[] {
  const { steps, order, unit = 'actor', tries = 'all', pick = 'nearest' } = definition;
  const isEntry = (m: Moment): boolean =>
    m.ms >= from &&
    m.ms < to &&
    (order === 'any' ? fitsOf(definition, m).length > 0 : fitsOf(definition, m).includes(0));
  const entries = moments.filter(isEntry).slice(0, tries === 'first' ? 1 : undefined);
  const all = entries.flatMap((entry) => {
    const trial =
      order === 'any'
        ? unordered(definition, moments, entry, asOf)
        : ordered(definition, moments, entry, asOf, (m) => tries === 'first' && isEntry(m));
    return trial === null ? [] : [trial];
  });
  if (unit === 'entry') return all;
  const required = (t: Trial): number =>
    t.filled.filter((m, i) => m !== undefined && steps[i]?.optional !== true).length;
  const total = (t: Trial): number => t.filled.filter((m) => m !== undefined).length;
  const start = (t: Trial): number => t.filled[0]?.index ?? 0;
  const finish = (t: Trial): number => t.filled.findLast((m) => m !== undefined)?.ms ?? 0;
  const [best] = [...all].sort(
    (a, b) =>
      required(b) - required(a) ||
      total(b) - total(a) ||
      (pick === 'nearest' ? finish(a) - finish(b) || start(b) - start(a) : start(a) - start(b)),
  );
  return best === undefined ? [] : [{ ...best, open: all.some((t) => t.open) }];
}

const limitOf = (within: Parameters<typeof durationMs>[0] | undefined): number =>
  within === undefined ? Number.POSITIVE_INFINITY : durationMs(within);

function isWithin({ window }: EventFunnelDefinition, elapsed: number, limit: number): boolean {
  return window?.end === 'exclusive' ? elapsed < limit : elapsed <= limit;
}

/** The try that begins at an entry; null when an exclusion voids it. */
function ordered(
  definition: EventFunnelDefinition,
  moments: readonly Moment[],
  entry: Moment,
  asOf: number,
  restarts: (moment: Moment) => boolean,
): Trial | null {
  const { steps, window, order, sameInstant = 'any-order' } = definition;
  const repeats = definition.repeats ?? (order === 'strict' ? 'end' : 'pass');
  const returns = definition.returns ?? (order === 'strict' ? 'end' : 'pass');
  const whole = window?.anchor === 'previous-step' ? Number.POSITIVE_INFINITY : limitOf(window?.within);
  const each = window?.anchor === 'previous-step' ? window.within : undefined;
  const filled: (Moment | undefined)[] = steps.map((_, i) => (i === 0 ? entry : undefined));
  let endedAt = Number.POSITIVE_INFINITY;
  const last = (): number => filled.findLastIndex((m) => m !== undefined);
  const inTime = (ms: number, step: number): boolean => {
    const anchor = filled.findLast((m, i) => m !== undefined && i < step && steps[i]?.optional !== true);
    return (
      isWithin(definition, ms - (filled[0]?.ms ?? 0), whole) &&
      isWithin(definition, ms - (anchor?.ms ?? 0), limitOf(steps[step]?.within ?? each))
    );
  };
  const nextRequired = (): number => steps.findIndex((s, i) => i > last() && s.optional !== true);
  const instants = [...new Set(moments.map((m) => m.ms))];
  for (;;) {
    const current = filled[last()];
    const required = nextRequired();
    if (current === undefined || required < 0) break;
    const candidates = steps.map((_, i) => i).filter((i) => i > last() && i <= required);
    let progressed = false;
    for (const ms of instants.filter((t) => (sameInstant === 'never' ? t > current.ms : t >= current.ms))) {
      const here = moments.filter((m) => m.ms === ms);
      for (const step of candidates) {
        const found = here.find((m) => fitsOf(definition, m).includes(step) && !filled.includes(m) && inTime(ms, step));
        if (found === undefined) continue;
        filled[step] = found;
        progressed = true;
        break;
      }
      if (progressed) break;
      if (ms === current.ms) continue;
      const again = last() === 0 ? here.find(restarts) : undefined;
      if (again !== undefined) {
        filled[0] = again;
        progressed = true;
        break;
      }
      const ends = here.some((m) => {
        const own = fitsOf(definition, m);
        if (own.includes(last())) return repeats === 'end';
        if (own.some((i) => i < last())) return returns === 'end';
        return order === 'strict';
      });
      if (ends) {
        endedAt = ms;
        break;
      }
    }
    if (!progressed) break;
  }
  const required = nextRequired();
  const excluded = (definition.exclusions ?? []).some((exclusion) => {
    const from = filled[steps.findIndex((s) => s.id === exclusion.from)];
    const to = filled.find((m, i) => m !== undefined && i >= steps.findIndex((s) => s.id === exclusion.to));
    return (
      from !== undefined &&
      moments.some(
        (m) =>
          fits(exclusion, m) &&
          m.ms > from.ms &&
          (to === undefined ? m.ms <= endedAt && inTime(m.ms, required) : m.ms < to.ms),
      )
    );
  });
  if (excluded) return null;
  const open = required >= 0 && endedAt === Number.POSITIVE_INFINITY && inTime(asOf + 1, required);
  return { filled, open };
}

/** The most steps that distinct events can fill, tried out. */
function most(choices: readonly (readonly number[])[], used: readonly number[] = []): number {
  const [first, ...rest] = choices;
  if (first === undefined) return 0;
  const without = most(rest, used);
  return first
    .filter((step) => !used.includes(step))
    .reduce((best, step) => Math.max(best, 1 + most(rest, [...used, step])), without);
}

function unordered(definition: EventFunnelDefinition, moments: readonly Moment[], entry: Moment, asOf: number): Trial {
  const limit = limitOf(definition.window?.within);
  const stop = moments.find(
    (m) => m.ms > entry.ms && (definition.exclusions ?? []).some((exclusion) => fits(exclusion, m)),
  )?.ms;
  const seen: Moment[] = [];
  const filled: (Moment | undefined)[] = definition.steps.map(() => undefined);
  for (const m of moments.slice(entry.index)) {
    if (!isWithin(definition, m.ms - entry.ms, limit) || m.ms > (stop ?? m.ms)) break;
    seen.push(m);
    const count = most(seen.map((s) => fitsOf(definition, s)));
    if (count > filled.filter((f) => f !== undefined).length) filled[count - 1] = m;
  }
  const complete = filled.every((f) => f !== undefined);
  return { filled, open: !complete && stop === undefined && isWithin(definition, asOf + 1 - entry.ms, limit) };
}

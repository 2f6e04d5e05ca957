import type { BusinessTime } from '../../time/business/index.ts';
import { joinPauses } from '../../time/business/pauses.ts';
import { durationMs } from '../../time/duration.ts';

/** What a reading asks of hours. */
export type Hours = Pick<BusinessTime, 'elapsed' | 'deadline' | 'durationMs'>;

/** Hours that never close, for targets that elapse; without a calendar, so that a reading does not bring one along. */
export const ELAPSED: Hours = {
  durationMs,
  elapsed(start, end, pauses = []) {
    if (end < start) return { ms: 0, clockSkew: true };
    const { joined, backward } = joinPauses(pauses);
    const paused = joined.map(([from, to]) => Math.max(0, Math.min(to, end) - Math.max(from, start)));
    return { ms: paused.reduce((ms, pause) => ms - pause, end - start), clockSkew: backward > 0 };
  },
  deadline(start, ms, pauses = []) {
    let due = start + ms;
    for (const [from, to] of ms === 0 ? [] : joinPauses(pauses).joined) {
      if (from >= due) break;
      if (to > start) due += to - Math.max(from, start);
    }
    return due === Infinity ? null : due;
  },
};

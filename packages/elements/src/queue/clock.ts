import type { ClockFace } from '@sama/metrics/contracts';
import type { Moments } from '../internal/moments.ts';
import type { QueueWords } from '../locale/index.ts';

/** How a clock reads now. */
export interface ClockText {
  tone: '' | 'warn' | 'bad';
  text: string;
}

const SOON = 3_600_000;
const MINUTE = 60_000;

type Speech = { m: Moments; t: QueueWords };

/** How a clock stands now, by the instants it came with. */
export function toneOf({ state, dueAt, atRiskAt, breached }: ClockFace, now: number): ClockText['tone'] {
  if (state !== 'running') return breached ? 'bad' : '';
  if (dueAt !== null && now > Date.parse(dueAt)) return 'bad';
  return atRiskAt !== null && now >= Date.parse(atRiskAt) ? 'warn' : '';
}

/** The clock that is due first, of those that have not stopped. */
export function firstDue<Face extends ClockFace>(faces: readonly Face[]): Face | undefined {
  const due = ({ dueAt }: Face): number => (dueAt === null ? Infinity : Date.parse(dueAt));
  return faces
    .filter(({ state }) => state !== 'stopped')
    .reduce<Face | undefined>(
      (first, face) => (first === undefined || due(face) < due(first) ? face : first),
      undefined,
    );
}

/** `due in 38 min`, `due 15:40`, `overdue by 25 min`. */
export function clockText(face: ClockFace | null, now: number, { m, t }: Speech): ClockText {
  if (face === null) return { tone: '', text: '' };
  const tone = toneOf(face, now);
  if (face.state === 'paused') return { tone, text: t.clockPaused };
  if (face.dueAt === null) return { tone, text: t.noDue };
  const left = Date.parse(face.dueAt) - now;
  if (left < 0) return { tone, text: t.overdueBy(m.span(Math.floor(-left / MINUTE) * MINUTE)) };
  if (left < SOON) return { tone, text: t.dueIn(m.span(Math.ceil(left / MINUTE) * MINUTE)) };
  return { tone, text: t.dueAt(m.at(now + left, now)) };
}

/** The same in full, with what is to be done: `Decide in 38 minutes, by 16:30`. */
export function clockSentence(face: ClockFace, now: number, { m, t }: Speech): ClockText {
  const tone = toneOf(face, now);
  const act = t.clockActs[face.clock];
  if (face.state === 'paused') return { tone, text: t.actPaused(act) };
  if (face.dueAt === null) return { tone, text: t.actSometime(act) };
  const due = Date.parse(face.dueAt);
  const at = m.at(due, now);
  const left = due - now;
  if (left < 0) return { tone, text: t.actOverdue(act, m.span(Math.floor(-left / MINUTE) * MINUTE, 'long'), at) };
  if (left < SOON) return { tone, text: t.actIn(act, m.span(Math.ceil(left / MINUTE) * MINUTE, 'long'), at) };
  return { tone, text: t.actBy(act, at) };
}

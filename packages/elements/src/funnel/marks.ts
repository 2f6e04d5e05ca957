import type { Annotation, FunnelEnvelope } from '@sama/metrics/contracts';
import type { Formats } from '../internal/format.ts';
import { harmless } from '../internal/harmless.ts';
import type { BehindWords } from '../locale/en/funnel-detail.ts';

/** What is noted, and where it stands on the line of the time, from 0 to 1. */
export interface Mark extends Annotation {
  place: number;
}

/** The time the marks are in, in milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** The period, or from the first mark until now where there is none. */
export function spanOf({ annotation = [], asOf, data }: FunnelEnvelope): Span {
  const { from, to } = data?.period ?? {};
  if (from !== undefined && to !== undefined) return { from: Date.parse(from), to: Date.parse(to) };
  const times = annotation.map(({ at }) => Date.parse(at)).filter(Number.isFinite);
  return { from: Math.min(...times), to: Date.parse(asOf ?? '') || Math.max(...times) };
}

/** What is noted within that time, the earliest first; what has no date is left out. */
export function marksOf(envelope: FunnelEnvelope): Mark[] {
  const { from, to } = spanOf(envelope);
  return (envelope.annotation ?? [])
    .map((one) => ({ ...one, place: to > from ? (Date.parse(one.at) - from) / (to - from) : 0 }))
    .filter(({ at, place }) => Number.isFinite(Date.parse(at)) && place >= 0 && place <= 1)
    .toSorted((a, b) => a.place - b.place);
}

const BREAK = 'definition-break';

/** Whether numbers before and after a mark do not mean the same. */
export const isBreak = ({ kind }: Annotation): boolean => kind === BREAK;

/** What a mark says in words. */
export function saidOf({ at, kind, text }: Annotation, f: Formats, b: BehindWords) {
  const kinds: Readonly<Record<string, string>> = b.kinds;
  return {
    date: f.date(at),
    kind: (Object.hasOwn(kinds, kind) ? kinds[kind] : undefined) ?? harmless(kind),
    text: harmless(text),
    /** As a sentence, with what a changed definition means. */
    whole: `${harmless(text)}${/[.!?。؟]$/.test(text) ? '' : '.'}${kind === BREAK ? ` ${b.broken}` : ''}`,
  };
}

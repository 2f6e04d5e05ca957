import type { Envelope } from '@sama/metrics/contracts';
import { errorMessages, fillMessage, flagMessages, warningText } from '@sama/metrics/messages';
import { attributionLines } from './attribution.ts';
import { differenceLines } from './difference.ts';
import { eventFunnelLines } from './event-funnel.ts';
import { funnelLines } from './funnel.ts';
import { kpiLines } from './kpi.ts';
import { measureLines } from './measure.ts';
import { moment } from './numbers.ts';
import { recordsLines } from './records.ts';
import { scoreLines } from './score.ts';
import { plain } from './table.ts';

/** An answer as text for a terminal: the numbers, what to know of them, and what they rest on. */
export function envelopeText(envelope: Envelope, timeZone: string): string {
  const lines: string[] = [];
  lines.push(...(envelope.data === undefined ? [failureText(envelope)] : dataLines(envelope.data)));
  const notes = envelope.warnings.map((warning) => plain(warningText(warning)));
  if (notes.length > 0) lines.push('', 'Notes', ...notes.map((note) => `  ${note}`));
  const { data } = envelope;
  lines.push('', ...footer(envelope, data !== undefined && 'timeZone' in data ? data.timeZone : timeZone));
  return `${lines.join('\n').trimEnd()}\n`;
}

function dataLines(data: NonNullable<Envelope['data']>): string[] {
  switch (data.kind) {
    case 'funnel':
      return funnelLines(data);
    case 'eventFunnel':
      return eventFunnelLines(data);
    case 'measure':
      return measureLines(data);
    case 'kpi':
      return kpiLines(data);
    case 'score':
      return scoreLines(data);
    case 'attribution':
      return attributionLines(data);
    case 'records':
      return recordsLines(data);
    case 'difference':
      return differenceLines(data);
    default:
      return [`An answer of kind "${data.kind}" has no text: ask with --json.`];
  }
}

/** Why there is no answer, and what helps. */
export function failureText(envelope: Envelope): string {
  const { code, message } = envelope;
  const general = code === undefined ? '' : fillMessage(errorMessages[code]);
  return plain(message ?? general);
}

function footer(envelope: Envelope, timeZone: string): string[] {
  const { definition, asOf, coverage, engine, flags } = envelope;
  const lines: string[] = [];
  if (flags.length > 0) lines.push(flags.map((flag) => flagMessages[flag]).join(' · '));
  const state: string[] = [];
  if (asOf !== undefined) state.push(`As of ${moment(asOf, timeZone)}`);
  if (coverage?.dataThrough !== undefined) state.push(`data through ${moment(coverage.dataThrough, timeZone)}`);
  if (engine !== undefined) state.push(`engine ${plain(engine)}`);
  if (state.length > 0) lines.push(state.join(' · '));
  if (definition !== undefined) {
    const agreed =
      definition.agreed === undefined || definition.agreed.length === 0
        ? 'not agreed yet'
        : `agreed by ${definition.agreed.map(plain).join(', ')}`;
    lines.push(`Definition ${definition.id} ${definition.version}, ${agreed} · hash ${definition.hash.slice(0, 12)}`);
  }
  return lines;
}

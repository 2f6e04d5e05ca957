import type { Question } from '@sama/metrics/contracts';
import { readJson, readQuestion } from '../http/read-question.ts';
import { UsageError } from './failure.ts';

/** The flags of `sama query funnel` as commander gives them. */
export interface FunnelFlags {
  period?: string;
  view?: string;
  compare?: string;
  segment?: string;
  anchor?: string;
  window?: string;
  skipPolicy?: string;
  entryPolicy?: string;
  unit?: string;
  value?: true;
  filter?: string;
}

/** The flags of every question. */
export interface FrameFlags {
  asOf?: string;
  timeZone?: string;
}

/** The funnel question these flags ask. */
export function funnelQuestion(funnel: string, flags: FunnelFlags & FrameFlags): Question {
  return checked({
    kind: 'funnel',
    funnel,
    ...frame(flags),
    ...given('period', flags.period),
    ...given('view', flags.view),
    ...given('compare', flags.compare === undefined ? undefined : comparison(flags.compare)),
    ...given('segment', flags.segment),
    ...given('anchor', flags.anchor),
    ...given('window', flags.window === undefined ? undefined : followed(flags.window)),
    ...given('skipPolicy', flags.skipPolicy),
    ...given('entryPolicy', flags.entryPolicy),
    ...given('unit', flags.unit),
    ...given('measure', flags.value === true ? 'value' : undefined),
    ...given('filter', flags.filter === undefined ? undefined : json(flags.filter, '--filter')),
  });
}

/** The flags of `sama query records` beside those of a funnel. */
export interface RecordsFlags extends Omit<FunnelFlags, 'compare' | 'value'> {
  stage: string;
  outcome?: string;
  fields?: string;
  sort?: string;
  limit?: string;
  offset?: string;
}

/** The records question these flags ask. */
export function recordsQuestion(funnel: string, flags: RecordsFlags & FrameFlags): Question {
  const { kind: _, ...counted } = funnelQuestion(funnel, flags);
  return checked({
    ...counted,
    kind: 'records',
    stage: flags.stage,
    ...given('outcome', flags.outcome),
    ...given(
      'fields',
      flags.fields?.split(',').map((field) => field.trim()),
    ),
    ...given('sort', flags.sort === undefined ? undefined : order(flags.sort)),
    ...given('limit', flags.limit === undefined ? undefined : Number(flags.limit)),
    ...given('offset', flags.offset === undefined ? undefined : Number(flags.offset)),
  });
}

/** `amount`, or `-amount` for the largest first. */
const order = (text: string): object => (text.startsWith('-') ? { by: text.slice(1), descending: true } : { by: text });

/** The flags of `sama query difference` beside those of a funnel. */
export interface DifferenceFlags extends FunnelFlags {
  stage: string;
  than?: readonly string[];
  reported?: string;
  records?: string;
}

/** Settings of the other number, as flags are named; the rest is as in the first. */
const OF_OTHER = {
  funnel: 'funnel',
  stage: 'stage',
  period: 'period',
  view: 'view',
  segment: 'segment',
  anchor: 'anchor',
  window: 'window',
  'skip-policy': 'skipPolicy',
  'entry-policy': 'entryPolicy',
  unit: 'unit',
  filter: 'filter',
  'as-of': 'asOf',
  'time-zone': 'timeZone',
};

/** The difference question these flags ask. */
export function differenceQuestion(funnel: string, flags: DifferenceFlags & FrameFlags): Question {
  const { than = [], reported, records, value, asOf, timeZone, compare: _, ...own } = flags;
  const { kind: __, ...counted } = funnelQuestion(funnel, own);
  const a = { ...counted, ...frame({ ...given('asOf', asOf), ...given('timeZone', timeZone) }), stage: flags.stage };
  const other = new Map<string, unknown>(Object.entries(a));
  for (const text of than) {
    const [name = '', ...rest] = text.split('=');
    const field = Object.entries(OF_OTHER).find(([flag]) => flag === name)?.[1];
    const said = rest.join('=');
    if (field === undefined || rest.length === 0)
      throw new UsageError(`--than: ${text} is no setting; write one of ${Object.keys(OF_OTHER).join(', ')}=VALUE`);
    if (said === '') other.delete(field);
    else
      other.set(field, field === 'window' ? followed(said) : field === 'filter' ? json(said, '--than filter') : said);
  }
  return checked({
    kind: 'difference',
    a,
    b: { ...Object.fromEntries(other), ...given('reported', reported === undefined ? undefined : Number(reported)) },
    ...given('of', value === true ? 'value' : undefined),
    ...given('records', records === undefined ? undefined : Number(records)),
  });
}

/** The measure question these flags ask: of a named figure, or of a measure in JSON. */
export function measureQuestion(measure: string, flags: { filter?: string } & FrameFlags): Question {
  return checked({
    kind: 'measure',
    measure: measure.startsWith('{') ? json(measure, 'the measure') : measure,
    ...frame(flags),
    ...given('filter', flags.filter === undefined ? undefined : json(flags.filter, '--filter')),
  });
}

/** A whole question in JSON. */
export function jsonQuestion(text: string): Question {
  return checked(json(text, '--question'));
}

function frame(flags: FrameFlags): object {
  return { ...given('asOf', flags.asOf), ...given('timeZone', flags.timeZone) };
}

function given(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: value };
}

function comparison(text: string): unknown {
  if (text === 'previous' || text === 'previous-year') return text;
  return text.startsWith('segment:') ? { segment: text.slice('segment:'.length) } : { period: text };
}

function followed(text: string): unknown {
  if (text === 'none') return text;
  const match = /^(\d+(?:\.\d+)?)\s*(d|h|m|days?|hours?|minutes?)$/.exec(text);
  if (match === null) throw new UsageError(`--window: ${text} is no time; write 120d, 48h or none`);
  const unit = { d: 'days', h: 'hours', m: 'minutes' }[match[2]?.charAt(0) ?? ''] ?? 'days';
  return { [unit]: Number(match[1]) };
}

function json(text: string, what: string): unknown {
  const read = readJson(text, what);
  if (!read.ok) throw new UsageError(read.message);
  return read.value;
}

function checked(value: unknown): Question {
  const read = readQuestion(value);
  if (!read.ok) throw new UsageError(read.message);
  return read.value;
}

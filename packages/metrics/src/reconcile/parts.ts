import type { Envelope, EventFunnelAnswer, FunnelAnswer, FunnelDefinition } from '../contracts/index.ts';
import { canonicalJson, DEFAULT_SIDE_STAGES } from '../definitions/index.ts';
import { joinCriteria, lineOf, segmentCriteria } from '../funnel/make-plan.ts';
import { DAY_MS, HOUR_MS } from '../time/index.ts';
import type { Cause, Figure, ReconcileQuestion, Side } from './contracts.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The value of one setting: what it is called and the fields it sets. */
export interface Part {
  text: string | null;
  question?: Fields;
  definition?: Fields;
  reading?: Fields;
  figure?: Fields;
}
export type Parts = ReadonlyMap<Cause, Part>;

/** A side with its answer, as far as the settings can be read from them. */
export interface Answered {
  side: Side;
  envelope: Envelope;
  data: NonNullable<Envelope['data']>;
}

/** How far two definitions are told apart: not at all where they are one, else as a whole or by their text. */
export type Definitions = 'same' | 'whole' | { own: FunnelDefinition };

export const NOTHING: Part = { text: null };

/** The settings of a side, as its answer says them. A view that does not have one takes the other side's. */
export function partsOf(own: Answered, other: Answered, definitions: Definitions): Parts {
  const { side, data } = own;
  const parts = new Map<Cause, Part>(readingParts(side));
  // Keys belong to a definition, so they change with it.
  const bound = definitions !== 'same';
  const { question } = side;
  set(parts, 'as-of', own.envelope.asOf, 'asOf');
  set(parts, 'time-zone', 'timeZone' in data ? data.timeZone : question.timeZone, 'timeZone');
  if (question.kind === 'measure') {
    const name = typeof question.measure === 'string' ? nameOf(own) : question.measure;
    parts.set('definition', {
      text: typeof name === 'string' ? name : canonicalJson(name),
      question: { measure: name },
      ...(bound && { figure: figureField(side.figure) }),
    });
  } else {
    if (typeof definitions === 'string') wholeDefinition(parts, own, bound);
    else textParts(parts, own, definitions.own);
    if (data.kind === 'funnel' || data.kind === 'eventFunnel') periodPart(parts, data);
  }
  if (typeof definitions === 'string') filterPart(parts, question, bound);
  if (data.kind === 'funnel') funnelParts(parts, data, other.data, bound);
  if (!bound) parts.set('stage', { text: figureKey(side.figure), figure: figureField(side.figure) });
  return parts;
}

function set(parts: Map<Cause, Part>, cause: Cause, value: string | undefined, field: string): void {
  parts.set(cause, value === undefined ? NOTHING : { text: value, question: { [field]: value } });
}

/** The version an answer rests on, so that no other is taken in between. */
export function nameOf({ envelope: { definition } }: Answered): string {
  return definition === undefined ? '' : `${definition.id}@${definition.version}`;
}

function wholeDefinition(parts: Map<Cause, Part>, own: Answered, bound: boolean): void {
  const { side, data } = own;
  if (side.question.kind === 'measure') return;
  const { segment } = side.question;
  const keys = {
    ...(data.kind === 'funnel' && { anchor: data.anchor }),
    ...(segment !== undefined && { segment }),
  };
  parts.set('definition', {
    text: bound ? `${nameOf(own)} ${figureKey(side.figure)}` : nameOf(own),
    question: { funnel: nameOf(own), ...(bound && keys) },
    ...(bound && { figure: figureField(side.figure) }),
  });
}

/** A definition in parts, and the segment as what it says. */
function textParts(parts: Map<Cause, Part>, { side, data }: Answered, own: FunnelDefinition): void {
  if (side.question.kind !== 'funnel' || data.kind !== 'funnel') return;
  const { segment, filter } = side.question;
  const stages = own.stages.map(({ key }) => ({ key, owner: 'both' }));
  const sides = (own.side ?? DEFAULT_SIDE_STAGES).map(({ key, outcome, terminal, overdue = false }) => {
    return { key, outcome, terminal, overdue };
  });
  parts.set('stages', {
    text: `${own.stages.map(({ key }) => key).join(', ')}: ${figureKey(side.figure)}`,
    definition: { grain: own.grain, stages, side: sides },
    question: { anchor: data.anchor },
    figure: figureField(side.figure),
  });
  const where = own.where === undefined ? {} : { where: own.where };
  parts.set('members', { text: own.where === undefined ? null : canonicalJson(own.where), definition: where });
  const { coolingOffMs, reentryRank, sourcePriority } = lineOf(own, data.timeZone);
  const reentryStage = own.stages[reentryRank]?.key;
  parts.set('re-entry', {
    text: `${reentryStage} ${spanText(coolingOffMs)}`,
    definition: { reentryStage, coolingOff: { seconds: coolingOffMs / 1000 } },
  });
  parts.set('source-priority', {
    text: sourcePriority.length === 0 ? null : sourcePriority.join(', '),
    definition: { sourcePriority },
  });
  const criteria = joinCriteria(segmentCriteria(own, segment), filter);
  parts.set('filter', {
    text: filterText(segment, filter),
    ...(criteria && { question: { filter: criteria } }),
  });
}

function filterPart(parts: Map<Cause, Part>, question: ReconcileQuestion, bound: boolean): void {
  const segment = bound || question.kind === 'measure' ? undefined : question.segment;
  const { filter } = question;
  parts.set('filter', {
    text: filterText(segment, filter),
    question: { ...(segment !== undefined && { segment }), ...(filter && { filter }) },
  });
}

function periodPart(parts: Map<Cause, Part>, { period }: FunnelAnswer | EventFunnelAnswer): void {
  set(parts, 'period', period === undefined ? undefined : `${period.from}/${period.to}`, 'period');
}

function funnelParts(parts: Map<Cause, Part>, own: FunnelAnswer, other: Answered['data'], bound: boolean): void {
  const cohort = own.view === 'cohort';
  // A view without an anchor or entries does not differ in them.
  const anchored = !cohort && other.kind === 'funnel' ? other : own;
  const entering = own.view === 'snapshot' && other.kind === 'funnel' ? other : own;
  if (!bound) set(parts, 'anchor', anchored.anchor, 'anchor');
  // Flows are counted by unit alone; in a cohort of the same unit this is the policy that is not refused.
  const entryPolicy =
    entering.view === 'cohort' ? entering.entryPolicy : entering.unit === 'entity' ? 'first' : 'every';
  parts.set('entry-policy', {
    text: `${entryPolicy} ${entering.unit}`,
    question: { entryPolicy, unit: entering.unit },
  });
  set(parts, 'skip-policy', cohort ? own.skipPolicy : 'open', 'skipPolicy');
  set(parts, 'view', own.view, 'view');
  const ms = own.windowMs;
  parts.set('window', {
    text: ms === undefined ? null : spanText(ms),
    question: { window: ms === undefined ? 'none' : { seconds: ms / 1000 } },
  });
}

function readingParts({ reading = {} }: Side): [Cause, Part][] {
  const { knownAt, merges, rates } = reading;
  return [
    ['late-data', knownAt === undefined ? NOTHING : { text: knownAt, reading: { knownAt } }],
    ['identity-merge', merges === undefined ? NOTHING : { text: `${merges.length}`, reading: { merges } }],
    ['currency', rates === undefined ? NOTHING : { text: canonicalJson(rates), reading: { rates } }],
  ];
}

const figureKey = (figure: Figure): string => ('aggregate' in figure ? figure.aggregate : figure.stage);

const figureField = (figure: Figure): Record<string, unknown> =>
  'aggregate' in figure ? { aggregate: figure.aggregate } : { stage: figure.stage };

function filterText(segment: string | undefined, filter: ReconcileQuestion['filter']): string | null {
  const texts = [segment, filter === undefined ? undefined : canonicalJson(filter)].filter((t) => t !== undefined);
  return texts.length === 0 ? null : texts.join(' ');
}

/** In the largest unit that leaves no rest. */
function spanText(ms: number): string {
  if (ms % DAY_MS === 0) return `${ms / DAY_MS} d`;
  return ms % HOUR_MS === 0 ? `${ms / HOUR_MS} h` : `${ms / 1000} s`;
}

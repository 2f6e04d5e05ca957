import type { Envelope, EventFunnelAnswer, FunnelAnswer, Question } from '../contracts/index.ts';
import { Question as QuestionSchema } from '../contracts/index.ts';
import { canonicalJson } from '../definitions/index.ts';
import { readInput } from '../read-input.ts';
import { DAY_MS, HOUR_MS } from '../time/index.ts';
import { Cause, Figure, Reading, type Side } from './contracts.ts';

/** The value of one setting: what it is called and the fields it sets. */
interface Part {
  text: string | null;
  question?: Readonly<Record<string, unknown>>;
  reading?: Readonly<Record<string, unknown>>;
  figure?: Readonly<Record<string, unknown>>;
}
type Parts = ReadonlyMap<Cause, Part>;

/** A side with its answer, as far as the settings can be read from them. */
export interface Answered {
  side: Side;
  envelope: Envelope;
  data: NonNullable<Envelope['data']>;
}

/** A setting in which the two sides differ. */
export interface Setting {
  cause: Cause;
  from: string | null;
  to: string | null;
}

/** A question with the reading and the figure that go with it. */
export interface Asked {
  question: Question;
  reading: Reading | undefined;
  figure: Figure;
}

/** Both sides as settings: which differ, in order, and the question in which some are already those of b. */
export interface Settings {
  differing: readonly Setting[];
  compose: (changed: ReadonlySet<Cause>) => Asked;
}

/** What two answered sides differ in. What a question left to a default is taken from its answer. */
export function settingsOf(a: Answered, b: Answered): Settings {
  const [one, other] = [partsOf(a, b), partsOf(b, a)];
  const differing = orderOf(a, b).flatMap((cause): Setting[] => {
    const [from, to] = [one.get(cause), other.get(cause)];
    if (from === undefined || to === undefined || fieldsText(from) === fieldsText(to)) return [];
    return [{ cause, from: from.text, to: to.text }];
  });
  return {
    differing,
    compose: (changed) =>
      composed(
        a.side,
        Cause.options.map((c) => (changed.has(c) ? other : one).get(c) ?? NOTHING),
      ),
  };
}

const NOTHING: Part = { text: null };

const fieldsText = ({ question = {}, reading = {}, figure = {} }: Part): string =>
  canonicalJson({ question, reading, figure });

/** Policies exist in a cohort only, so the view changes before them on the way to a cohort and after them on the way from one. */
function orderOf(a: Answered, b: Answered): readonly Cause[] {
  if (!toCohort(a, b)) return Cause.options;
  const rest = Cause.options.filter((cause) => cause !== 'view');
  const after = rest.indexOf('definition') + 1;
  return [...rest.slice(0, after), 'view', ...rest.slice(after)];
}

const toCohort = ({ data: a }: Answered, { data: b }: Answered): boolean =>
  a.kind === 'funnel' && b.kind === 'funnel' && a.view !== 'cohort' && b.view === 'cohort';

function composed(side: Side, parts: readonly Part[]): Asked {
  const question: Record<string, unknown> = Object.assign(
    { kind: side.question.kind },
    ...parts.map((p) => p.question),
  );
  const reading: Record<string, unknown> = Object.assign({}, ...parts.map((p) => p.reading));
  if (side.question.kind !== 'measure') question['details'] = [];
  if (side.question.kind === 'funnel')
    question['measure'] = 'of' in side.figure && side.figure.of === 'value' ? 'value' : 'count';
  // An activity has no other; a policy changed before the view would be refused.
  if (question['view'] === 'activity') question['skipPolicy'] = 'open';
  return {
    question: readInput(QuestionSchema, question, 'question'),
    reading: Object.keys(reading).length === 0 ? undefined : readInput(Reading, reading, 'reading'),
    figure: readInput(Figure, Object.assign({}, side.figure, ...parts.map((p) => p.figure)), 'figure'),
  };
}

function partsOf(own: Answered, other: Answered): Parts {
  const { side, data } = own;
  const parts = new Map<Cause, Part>(readingParts(side));
  const bound = own.envelope.definition?.hash !== other.envelope.definition?.hash;
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
    definitionParts(parts, own, bound);
    if (data.kind !== 'measure') periodPart(parts, data);
  }
  const segment = bound || question.kind === 'measure' ? undefined : question.segment;
  const filter = { ...(segment !== undefined && { segment }), ...(question.filter && { filter: question.filter }) };
  parts.set('filter', { text: filterText(segment, question.filter), question: filter });
  if (data.kind === 'funnel') funnelParts(parts, data, other.data, bound);
  if (!bound) parts.set('stage', { text: figureKey(side.figure), figure: figureField(side.figure) });
  return parts;
}

function set(parts: Map<Cause, Part>, cause: Cause, value: string | undefined, field: string): void {
  parts.set(cause, value === undefined ? NOTHING : { text: value, question: { [field]: value } });
}

/** The version an answer rests on, so that no other is taken in between. */
function nameOf({ envelope: { definition } }: Answered): string {
  return definition === undefined ? '' : `${definition.id}@${definition.version}`;
}

function definitionParts(parts: Map<Cause, Part>, own: Answered, bound: boolean): void {
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

function filterText(segment: string | undefined, filter: Question['filter']): string | null {
  const texts = [segment, filter === undefined ? undefined : canonicalJson(filter)].filter((t) => t !== undefined);
  return texts.length === 0 ? null : texts.join(' ');
}

/** In the largest unit that leaves no rest. */
function spanText(ms: number): string {
  if (ms % DAY_MS === 0) return `${ms / DAY_MS} d`;
  return ms % HOUR_MS === 0 ? `${ms / HOUR_MS} h` : `${ms / 1000} s`;
}

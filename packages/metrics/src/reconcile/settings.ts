import type { Definition } from '../contracts/index.ts';
import { FunnelFields, type FunnelDefinition } from '../contracts/index.ts';
import { canonicalJson, isStageFunnel } from '../definitions/index.ts';
import { readInput } from '../read-input.ts';
import { Cause, Figure, Reading, ReconcileQuestion, type Side } from './contracts.ts';
import { nameOf, NOTHING, partsOf, type Answered, type Definitions, type Part } from './parts.ts';

/** A setting in which the two sides differ. */
export interface Setting {
  cause: Cause;
  from: string | null;
  to: string | null;
}

/** A question with the reading and the figure that go with it. */
export interface Asked {
  question: ReconcileQuestion;
  reading: Reading | undefined;
  figure: Figure;
  /** In place of the one the question names: of the text of both. */
  definition?: FunnelDefinition;
}

/** Both sides as settings: which differ, in order, and the question in which some are already those of b. */
export interface Settings {
  differing: readonly Setting[];
  compose: (changed: ReadonlySet<Cause>) => Asked;
}

/** What two answered sides differ in. What a question left to a default is taken from its answer. */
export function settingsOf(a: Answered, b: Answered, definitions: readonly Definition[] | undefined): Settings {
  const [ofA, ofB] = apart(a, b, definitions);
  const [one, other] = [partsOf(a, b, ofA), partsOf(b, a, ofB)];
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

/** Definitions are compared by their text where it is known, so that each change of it is a setting. */
function apart(a: Answered, b: Answered, definitions: readonly Definition[] = []): [Definitions, Definitions] {
  if (a.envelope.definition?.hash === b.envelope.definition?.hash) return ['same', 'same'];
  const textOf = (side: Answered): FunnelDefinition | undefined =>
    definitions.filter(isStageFunnel).find(({ id, version }) => `${id}@${version}` === nameOf(side));
  const [own, other] = [textOf(a), textOf(b)];
  return own === undefined || other === undefined ? ['whole', 'whole'] : [{ own }, { own: other }];
}

const fieldsText = ({ text: _, ...fields }: Part): string => canonicalJson(fields);

/** Policies exist in a cohort only, so the view changes before them on the way to a cohort and after them on the way from one. */
function orderOf(a: Answered, b: Answered): readonly Cause[] {
  if (!toCohort(a, b)) return Cause.options;
  const rest = Cause.options.filter((cause) => cause !== 'view');
  const after = rest.indexOf('as-of');
  return [...rest.slice(0, after), 'view', ...rest.slice(after)];
}

const toCohort = ({ data: a }: Answered, { data: b }: Answered): boolean =>
  a.kind === 'funnel' && b.kind === 'funnel' && a.view !== 'cohort' && b.view === 'cohort';

function composed(side: Side, parts: readonly Part[]): Asked {
  const fields = (of: 'question' | 'definition' | 'reading' | 'figure'): Record<string, unknown> =>
    Object.assign({}, ...parts.map((part) => part[of]));
  const [question, definition, reading] = [fields('question'), fields('definition'), fields('reading')];
  question['kind'] = side.question.kind;
  if (side.question.kind !== 'measure') question['details'] = [];
  // Both sides are told in it.
  if ('currency' in side.question && side.question.currency !== undefined)
    question['currency'] = side.question.currency;
  if (side.question.kind === 'funnel')
    question['measure'] = 'of' in side.figure && side.figure.of === 'value' ? 'value' : 'count';
  // An activity has no other; a policy changed before the view would be refused.
  if (question['view'] === 'activity') question['skipPolicy'] = 'open';
  const mixed = Object.keys(definition).length > 0;
  // It stands alone, so any name will do.
  if (mixed) question['funnel'] = MIXED.id;
  return {
    question: readInput(ReconcileQuestion, question, 'question'),
    reading: Object.keys(reading).length === 0 ? undefined : readInput(Reading, reading, 'reading'),
    figure: readInput(Figure, { ...side.figure, ...fields('figure') }, 'figure'),
    ...(mixed && { definition: readInput(FunnelFields, { ...MIXED, ...definition }, 'definition') }),
  };
}

const MIXED = { kind: 'funnel', id: 'mixed', version: '0.0.0', owners: [] } as const;

import type { Envelope } from '../contracts/index.ts';
import { readFigure, type Read } from './figure.ts';
import type { Figure, ReconcileInput, ReconcileQuestion, ReconcileRefusal, Reconciled, Side } from './contracts.ts';
import type { Reader } from './reader.ts';
import { refuse } from './refuse.ts';
import type { Answered } from './parts.ts';
import { settingsOf, type Asked, type Settings } from './settings.ts';

/** A number as it was answered. */
type Known = Extract<Read, { value: number }>;

/** What a question between the sides was answered: a number, or why none can be had. */
export type Between = { value: number } | { missing: NonNullable<Reconciled['items'][number]['joined']> };

/** Two comparable numbers and the way to ask for those between them. */
export interface Prepared {
  status: 'ok';
  a: Answered;
  b: Answered;
  from: Known;
  to: Known;
  settings: Settings;
  /** The number in the middle; a refusal when it could be had another time. */
  between: (asked: Asked) => Promise<Between | ReconcileRefusal>;
  /** Questions asked so far. */
  count: () => number;
}

/** Asks both sides and finds what they differ in, or why they cannot be compared. */
export async function prepare(reader: Reader, { a, b }: ReconcileInput): Promise<Prepared | ReconcileRefusal> {
  const alike = comparable(a, b);
  if (alike !== undefined) return alike;
  let count = 0;
  const ask: Ask = ({ question, reading, definition }) => {
    count++;
    return reader.under(reading).ask(question, definition);
  };
  const first = await answered('a', a, a.question, ask);
  if ('status' in first) return first;
  // Two clocks would differ by the moment between two questions.
  const asOf = a.question.asOf === undefined && b.question.asOf === undefined ? first.envelope.asOf : undefined;
  const second = await answered('b', b, { ...b.question, ...(asOf !== undefined && { asOf }) }, ask);
  if ('status' in second) return second;
  const grains = unlikeGrains(first, second);
  if (grains !== undefined) return grains;
  const [from, to] = [valueOf('a', first), valueOf('b', second)];
  if ('status' in from) return from;
  if ('status' in to) return to;
  return (
    unlikeUnits(from, to) ?? {
      status: 'ok',
      a: first,
      b: second,
      from,
      to,
      settings: settingsOf(first, second, reader.definitions),
      between: async (asked) => betweenOf(await ask(asked), asked.figure, from),
      count: () => count,
    }
  );
}

const kindOf = (figure: Figure): string => ('aggregate' in figure ? 'measure' : (figure.of ?? 'count'));

function comparable(a: Side, b: Side): ReconcileRefusal | undefined {
  if (a.question.kind !== b.question.kind) {
    const message = `a question of kind "${b.question.kind}" is not answered by settings of "${a.question.kind}"; ask both in one kind`;
    return refuse('different-kind', 'b.question.kind', message);
  }
  if (kindOf(a.figure) !== kindOf(b.figure)) {
    const message = `"${kindOf(b.figure)}" and "${kindOf(a.figure)}" are different things; name the same on both sides`;
    return refuse('different-unit', 'b.figure', message);
  }
  return undefined;
}

type Name = 'a' | 'b';
type Ask = (asked: Omit<Asked, 'figure'>) => Promise<Envelope>;

async function answered(
  name: Name,
  side: Side,
  question: ReconcileQuestion,
  ask: Ask,
): Promise<Answered | ReconcileRefusal> {
  const money = 'of' in side.figure && side.figure.of === 'value';
  const plain: ReconcileQuestion =
    question.kind === 'funnel'
      ? { ...withoutCompare(question), details: [], measure: money ? 'value' : 'count' }
      : question;
  const envelope = await ask({ question: plain, reading: side.reading });
  const { status, data, code } = envelope;
  const field = `${name}.question`;
  if (status === 'denied' || status === 'error' || status === 'pending') {
    const why = status === 'pending' ? 'the answer is still being computed; ask again' : (envelope.message ?? status);
    return refuse('no-answer', field, why, status === 'pending' ? 'pending' : (code ?? 'internal'));
  }
  if (data === undefined || code === 'no-data-yet')
    return refuse('no-data', field, 'there is no data to count; import some', 'no-data-yet');
  if (envelope.flags.includes('as-supplied')) {
    const remedy = 'give the number as reported, with a question of a source that counts';
    return refuse('as-supplied', field, `the page supplied this number, so no setting changes it; ${remedy}`);
  }
  return { side: { ...side, question: plain }, envelope, data };
}

function withoutCompare(
  question: Extract<ReconcileQuestion, { kind: 'funnel' }>,
): Extract<ReconcileQuestion, { kind: 'funnel' }> {
  const { compare: _, ...rest } = question;
  return rest;
}

function valueOf(name: Name, { data, side }: Answered): Known | ReconcileRefusal {
  const read = readFigure(data, side.figure);
  if ('value' in read) return read;
  const { missing } = read;
  if (missing === 'unknown')
    return refuse('unknown-figure', `${name}.figure`, 'the answer has no such figure; name one that it has');
  const remedy = missing === 'mixed-currency' ? 'give reading.rates' : 'choose a figure that has a value';
  return refuse('no-value', `${name}.figure`, `it cannot be computed (${missing}); ${remedy}`, missing);
}

function unlikeGrains(a: Answered, b: Answered): ReconcileRefusal | undefined {
  const [one, other] = [grainOf(a), grainOf(b)];
  if (one === other) return undefined;
  return refuse('different-grain', 'b.question', `it counts ${other}, the other side ${one}; ask both of one grain`);
}

function unlikeUnits(from: Known, to: Known): ReconcileRefusal | undefined {
  if (from.unit !== to.unit)
    return refuse(
      'different-unit',
      'b.figure',
      `it is in ${to.unit}, the other side in ${from.unit}; compare like units`,
    );
  if (from.currency !== to.currency && from.currency !== undefined && to.currency !== undefined) {
    const message = `it is in ${to.currency}, the other side in ${from.currency}; give reading.rates with one currency`;
    return refuse('different-currency', 'b.reading.rates', message);
  }
  return undefined;
}

/** Whose journeys or records are counted, as far as the answer says. */
function grainOf({ data, side: { question } }: Answered): string | undefined {
  if (data.kind === 'funnel') return data.grain;
  if (data.kind === 'eventFunnel') return typeof data.actor === 'string' ? data.actor : data.actor.property;
  return question.kind === 'measure' && typeof question.measure !== 'string' ? question.measure.of : undefined;
}

/** Refusals that belong to the question itself, so that it stays refused however often it is asked. */
const LASTING = new Set([
  'invalid-question',
  'invalid-period',
  'unknown-definition',
  'unknown-stage',
  'unknown-segment',
  'unsupported',
]);

function betweenOf(envelope: Envelope, figure: Figure, like: Known): Between | ReconcileRefusal {
  const { status, data, code = 'internal' } = envelope;
  if (data === undefined || status === 'denied' || status === 'error' || status === 'pending') {
    if (LASTING.has(code)) return { missing: code };
    const answer = status === 'pending' ? 'pending' : code;
    return refuse(
      'no-answer',
      'b.question',
      `a question between the sides has no answer (${envelope.message ?? answer})`,
      answer,
    );
  }
  const read = readFigure(data, figure);
  if ('missing' in read) return { missing: read.missing === 'unknown' ? 'unknown-stage' : read.missing };
  const foreign = read.currency !== undefined && like.currency !== undefined && read.currency !== like.currency;
  return foreign ? { missing: 'mixed-currency' } : { value: read.value };
}

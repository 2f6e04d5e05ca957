import * as z from 'zod/mini';
import type { EntityType } from '../contracts/index.ts';
import { Id } from '../contracts/index.ts';
import { InputError } from '../errors.ts';
import { joinCriteria } from '../funnel/make-plan.ts';
import { readInput } from '../read-input.ts';
import {
  ReconcileInput,
  type Item,
  type ReconcileQuestion,
  type ReconcileRefusal,
  type RecordCause,
  type RecordDifference,
  type RecordReconciliation,
  type Side,
} from './contracts.ts';
import { countOf } from './figure.ts';
import { prepare, type Prepared } from './prepare.ts';
import type { Asker, Reader } from './reader.ts';
import { reconciled } from './reconcile.ts';
import { refuse } from './refuse.ts';
import type { Asked } from './settings.ts';
import { inOrder } from './split.ts';

/** Which records a reconciliation looks at. @beta */
export interface RecordOptions {
  /** The ids to look at. Default: all that the reader knows (`fromRecords`), and those that are reported. */
  ids?: readonly string[];
}

/** The longest list that one criterion takes. */
const MOST_IDS = 1000;

/**
 * `reconcile` with the records behind it: which count on one side only, and at which step of the way from a to b
 * each came or went. Of a stage funnel's count, in the order of `Cause`. The changes of a record add up to its
 * difference, and those of all records with `unlisted` to the whole.
 *
 * Where a side reports ids, those that its question does not count, and those it counts and the report lacks, are
 * told apart: not in the data, merged into another record, or unexplained.
 *
 * @throws InputError as `reconcile`; for a figure that is no count of a stage funnel; without `ids` where the reader knows none.
 * @beta
 */
export async function reconcileRecords(
  reader: Reader,
  input: ReconcileInput,
  options: RecordOptions = {},
): Promise<RecordReconciliation> {
  const asked = readInput(ReconcileInput, input, 'input');
  needCounts(asked);
  const prepared = await prepare(reader, asked);
  if (prepared.status === 'refused') return prepared;
  const split = await inOrder(prepared);
  if ('status' in split) return split;
  const { items } = split;
  const positions = positionsOf(prepared, items);
  const { ids, known } = idsOf(reader, prepared, positions, options);
  const counts: Map<string, number>[] = [];
  let questions = 0;
  const grain = grainOf(prepared.a);
  const parts = new Map<Asker, Part[]>();
  for (const position of positions) {
    const asker = reader.under(position.reading);
    const own = parts.get(asker) ?? pieces(asker, grain, ids);
    parts.set(asker, own);
    const counted = await countEach(own, position, grain, () => questions++);
    if (!(counted instanceof Map)) return counted;
    counts.push(counted);
  }
  const found = { a: prepared.a.side, b: prepared.b.side, items, counts, known };
  const records = ids.flatMap((id) => differenceOf(id, found) ?? []);
  const whole = reconciled(prepared, 'ordered', items);
  const listed = records.reduce((sum, { a, b }) => sum + b - a, 0);
  return { ...whole, asked: whole.asked + questions, records, unlisted: whole.difference - listed };
}

function needCounts({ a, b, split }: ReconcileInput): void {
  if (split === 'shapley')
    throw new InputError('input.split', 'a record comes or goes at one step', 'use ordered, or reconcile');
  for (const [name, { question, figure }] of Object.entries({ a, b })) {
    if (question.kind !== 'funnel')
      throw new InputError(
        `input.${name}.question.kind`,
        `"${question.kind}" has no records of stages`,
        'ask a stage funnel',
      );
    if ('aggregate' in figure || (figure.of ?? 'count') !== 'count')
      throw new InputError(
        `input.${name}.figure`,
        'it is not made of records one by one',
        'ask for the count of a stage',
      );
  }
}

/** The questions at both ends and between the items. */
export function positionsOf({ settings: { differing, compose } }: Prepared, items: readonly Item[]): Asked[] {
  const changed = items.map((_, i) => new Set(items.slice(0, i + 1).flatMap(({ causes }) => causes)));
  return differing.length === 0 ? [compose(new Set())] : [new Set<never>(), ...changed].map(compose);
}

const grainOf = ({ data }: Prepared['a']): EntityType => (data.kind === 'funnel' ? (data.grain ?? 'person') : 'person');

interface Ids {
  /** By code unit. */
  ids: readonly string[];
  /** Those the data has; undefined where nobody knows. */
  known: ReadonlySet<string> | undefined;
}

function idsOf(reader: Reader, { a, b }: Prepared, positions: readonly Asked[], { ids }: RecordOptions): Ids {
  const lists = positions.map(({ reading }) => reader.under(reading).ids?.(grainOf(a)));
  const known = lists.some((list) => list === undefined) ? undefined : new Set(lists.flatMap((list) => list ?? []));
  const given = ids === undefined ? undefined : readInput(z.array(Id), [...ids], 'ids');
  const wanted = given ?? known;
  if (wanted === undefined)
    throw new InputError('ids', 'this source does not list its records', 'name those to look at');
  return { ids: [...new Set([...wanted, ...reportedIds(a.side), ...reportedIds(b.side)])].sort(), known };
}

const reportedIds = ({ reported }: Side): readonly string[] => (Array.isArray(reported) ? reported : []);

/** Some ids and whom to ask about them; its halves serve every question that reads the records alike. */
interface Part {
  asker: Asker;
  ids: readonly string[];
  halves?: readonly Part[];
}

function partOf(above: Asker, grain: EntityType, ids: readonly string[]): Part {
  return { asker: above.only?.(grain, ids) ?? above, ids };
}

function halvesOf(part: Part, grain: EntityType): readonly Part[] {
  const { asker, ids } = part;
  const half = ids.length >> 1;
  part.halves ??= [ids.slice(0, half), ids.slice(half)].map((some) => partOf(asker, grain, some));
  return part.halves;
}

/** How often a question counts each id: halves of the list are asked for until nobody is in them, all are, or one is left. */
async function countEach(
  parts: readonly Part[],
  { question, figure, definition }: Asked,
  grain: EntityType,
  onAsk: () => void,
): Promise<Map<string, number> | ReconcileRefusal> {
  const found = new Map<string, number>();
  const once = question.kind === 'funnel' && question.unit === 'entity';
  const descend = async (part: Part): Promise<ReconcileRefusal | undefined> => {
    const { asker, ids } = part;
    onAsk();
    const { data, code, message } = await asker.ask(aboutIds(question, ids), definition);
    const total = data === undefined ? undefined : countOf(data, figure);
    if (total === undefined)
      return refuse('no-answer', 'ids', `no count of these records (${message ?? code})`, code ?? 'internal');
    if (total === 0) return undefined;
    if (ids.length === 1 || (once && total === ids.length)) {
      for (const id of ids) found.set(id, total / ids.length);
      return undefined;
    }
    return firstRefusal(halvesOf(part, grain), descend);
  };
  return (await firstRefusal(parts, descend)) ?? found;
}

async function firstRefusal(
  parts: readonly Part[],
  descend: (part: Part) => Promise<ReconcileRefusal | undefined>,
): Promise<ReconcileRefusal | undefined> {
  for (const part of parts) {
    const refused = await descend(part);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** The list in pieces that one criterion takes. */
function pieces(asker: Asker, grain: EntityType, ids: readonly string[]): Part[] {
  return Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, i) =>
    partOf(asker, grain, ids.slice(i * MOST_IDS, (i + 1) * MOST_IDS)),
  );
}

function aboutIds(question: ReconcileQuestion, ids: readonly string[]): ReconcileQuestion {
  const filter = joinCriteria(question.filter, { field: 'id', in: [...ids] });
  return filter === undefined ? question : { ...question, filter };
}

interface Found {
  a: Side;
  b: Side;
  items: readonly Item[];
  /** One for each position, the ends included. */
  counts: readonly ReadonlyMap<string, number>[];
  known: ReadonlySet<string> | undefined;
}

/** A record that some step adds or takes away; undefined when none does. */
function differenceOf(id: string, { a, b, items, counts, known }: Found): RecordDifference | undefined {
  const at = counts.map((count) => count.get(id) ?? 0);
  const [first, last] = [at[0] ?? 0, at.at(-1) ?? 0];
  const [shownA, shownB] = [shown(a, id, first), shown(b, id, last)];
  const why: RecordDifference['why'] = [
    { causes: [unaccounted(a, id, shownA > first, known)], change: first - shownA },
    ...items.map(({ causes }, i) => ({ causes, change: (at[i + 1] ?? 0) - (at[i] ?? 0) })),
    { causes: [unaccounted(b, id, shownB > last, known)], change: shownB - last },
  ].filter(({ change }) => change !== 0);
  return why.length === 0 ? undefined : { id, a: shownA, b: shownB, why };
}

/** How often a side lists a record: in its report where that has ids. */
function shown({ reported }: Side, id: string, counted: number): number {
  return Array.isArray(reported) ? reported.filter((one) => one === id).length : counted;
}

/** Why a report and the question that stands for it differ in a record. */
function unaccounted(side: Side, id: string, more: boolean, known: Found['known']): RecordCause {
  if (!more) return 'unexplained';
  if (side.reading?.merges?.some((merge) => merge.id === id) === true) return 'identity-merge';
  return known === undefined || known.has(id) ? 'unexplained' : 'not-in-data';
}

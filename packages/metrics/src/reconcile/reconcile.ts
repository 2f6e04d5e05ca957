import { readInput } from '../read-input.ts';
import { ReconcileInput, type Item, type Reconciled, type ReconciledSide, type Reconciliation } from './contracts.ts';
import { prepare, type Prepared } from './prepare.ts';
import type { Reader } from './reader.ts';
import { averaged, inOrder } from './split.ts';

/**
 * Why two numbers differ: b − a, split by the settings in which their questions differ, plus what was
 * reported and no setting explains. The parts add up: counts, money and other whole numbers exactly, shares, means
 * and the items of `shapley` to 1e-9.
 *
 * Each side's settings are read from its own answer, so defaults count as what they stand for. `ordered` exchanges
 * them in the order of `Cause` and costs one question for each. `shapley` asks all 2^n combinations (at most 8
 * settings) and gives the mean over all orders (Shapley, Annals of Mathematics Studies 28 (1953) 307–317).
 *
 * @returns a refusal where the sides cannot be compared (kind, unit, grain, currency) or one has no answer.
 * @throws InputError for an input that is none, a currency without a rate, merges in a circle.
 * @beta
 */
export async function reconcile(reader: Reader, input: ReconcileInput): Promise<Reconciliation> {
  const asked = readInput(ReconcileInput, input, 'input');
  const prepared = await prepare(reader, asked);
  if (prepared.status === 'refused') return prepared;
  const split = asked.split ?? 'ordered';
  const parts = await (split === 'ordered' ? inOrder : averaged)(prepared);
  if ('status' in parts) return parts;
  return reconciled(prepared, split, parts.items);
}

/** The result of a split. */
export function reconciled(prepared: Prepared, split: Reconciled['split'], items: Item[]): Reconciled {
  const { from, to } = prepared;
  const [a, b] = [sideOf(prepared.a, from.value), sideOf(prepared.b, to.value)];
  const explained = items.length === 0 ? 0 : to.value - from.value;
  const currency = from.currency ?? to.currency;
  return {
    v: 1,
    status: 'ok',
    unit: from.unit,
    ...(currency !== undefined && { currency }),
    a,
    b,
    difference: b.value - a.value,
    split,
    items,
    // With equal questions all of the difference is unexplained.
    unexplained: b.value - b.answered - (a.value - a.answered) + (to.value - from.value - explained),
    asked: prepared.count(),
  };
}

function sideOf({ side, envelope }: Prepared['a'], answered: number): ReconciledSide {
  const { reported } = side;
  const { definition, asOf, flags } = envelope;
  return {
    label: side.label,
    value: reported === undefined ? answered : typeof reported === 'number' ? reported : reported.length,
    answered,
    flags,
    ...(definition && { definition }),
    ...(asOf !== undefined && { asOf }),
  };
}

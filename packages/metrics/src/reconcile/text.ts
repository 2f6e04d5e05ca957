import { fillMessage } from '../messages/fill.ts';
import { causeMessages, reconcileMessages, refusalMessages } from '../messages/reconcile.ts';
import type { Item, RecordDifference, RecordReconciliation, Reconciled, Reconciliation } from './contracts.ts';

/**
 * A reconciliation as lines of English: the two numbers, one line for each item, the unexplained rest where there
 * is one, then the records where they were asked for. A refusal is one line.
 * @beta
 */
export function reconcileText(result: Reconciliation | RecordReconciliation): string[] {
  if (result.status === 'refused') return [fillMessage(refusalMessages[result.code])];
  const { a, b, difference, items, unexplained } = result;
  const signed = (amount: number): string => valueText(result, amount, 'exceptZero');
  return [
    fillMessage(reconcileMessages.sides, {
      a: a.label,
      valueA: valueText(result, a.value),
      b: b.label,
      valueB: valueText(result, b.value),
      difference: signed(difference),
    }),
    ...items.map((item) => itemText(item, signed)),
    ...(unexplained === 0 ? [] : [fillMessage(reconcileMessages.unexplained, { amount: signed(unexplained) })]),
    ...('records' in result ? result.records.map((record) => recordText(record, signed)) : []),
  ];
}

function itemText({ causes, from, to, amount }: Item, signed: (amount: number) => string): string {
  const setting = (texts: readonly (string | null)[]): string =>
    texts.map((text) => text ?? reconcileMessages.nothing).join(', ');
  return fillMessage(reconcileMessages.item, {
    cause: nameOf(causes),
    from: setting(from),
    to: setting(to),
    amount: signed(amount),
  });
}

function recordText({ id, why }: RecordDifference, signed: (amount: number) => string): string {
  const steps = why.map(({ causes, change }) => `${nameOf(causes)} ${signed(change)}`);
  // The id stays as the source wrote it.
  return `${id}: ${steps.join(', ')}`;
}

const nameOf = (causes: RecordDifference['why'][number]['causes']): string =>
  causes.map((cause) => causeMessages[cause]).join(' + ');

type Sign = 'auto' | 'exceptZero';

/** A number in its unit: `1,204`, `€12.50`, `51.2%`. A difference of shares is in points of a hundred. */
function valueText({ unit, currency }: Reconciled, value: number, signDisplay: Sign = 'auto'): string {
  if (unit === 'minor' && currency !== undefined) {
    const money = new Intl.NumberFormat('en', { style: 'currency', currency, signDisplay });
    return money.format(value / 10 ** (money.resolvedOptions().maximumFractionDigits ?? 2));
  }
  if (unit === 'share') {
    const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1, signDisplay }).format(value * 100);
    return signDisplay === 'auto' ? `${number}%` : `${number} points`;
  }
  return new Intl.NumberFormat('en', { maximumFractionDigits: 2, signDisplay }).format(value);
}

import type { DifferenceAnswer, DifferenceItem } from '@sama/metrics/contracts';
import { causeMessages, fillMessage, reconcileMessages } from '@sama/metrics/messages';
import { amount, count, number } from './numbers.ts';
import { plain, tableLines } from './table.ts';

/** Why two numbers differ as lines of text: both, one row for each setting, the rest, and the records that were named. */
export function differenceLines(answer: DifferenceAnswer): string[] {
  const { label, a, b, difference, items, unexplained, unit, currency } = answer;
  const shown = (value: number): string => {
    if (unit === 'minor' && currency !== undefined) return amount(value, currency);
    return unit === 'count' ? count(value) : number(value);
  };
  const signed = (value: number): string => (value > 0 ? `+${shown(value)}` : shown(value).replace('-', '−'));
  const rows = items.map((item) => [
    nameOf(item),
    settings(item.from),
    settings(item.to),
    signed(item.amount),
    item.after === undefined ? '' : shown(item.after),
  ]);
  const rest = unexplained === 0 ? [] : [['Unexplained', '', '', signed(unexplained), shown(b.value)]];
  return [
    plain(label),
    `${plain(a.label)} ${shown(a.value)}, ${plain(b.label)} ${shown(b.value)}: difference ${signed(difference)}`,
    '',
    ...(rows.length + rest.length === 0
      ? ['Both are counted alike.']
      : tableLines(
          [
            { head: 'Setting', align: 'start' },
            { head: 'From', align: 'start' },
            { head: 'To', align: 'start' },
            { head: 'Adds', align: 'end' },
            { head: 'Then', align: 'end' },
          ],
          [...rows, ...rest],
        )),
    ...items.flatMap((item) => [...recordsOf(item, '+', item.added), ...recordsOf(item, '−', item.removed)]),
  ];
}

const nameOf = ({ causes }: DifferenceItem): string =>
  causes.map((cause) => fillMessage(causeMessages[cause])).join(' + ');

const settings = (texts: DifferenceItem['from']): string =>
  texts.map((text) => plain(text ?? reconcileMessages.nothing)).join(', ');

function recordsOf(item: DifferenceItem, sign: string, named: DifferenceItem['added']): string[] {
  if (named === undefined || named.total === 0) return [];
  const more = named.total - named.ids.length;
  return [
    '',
    `${nameOf(item)} ${sign}: ${named.ids.map(plain).join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`,
  ];
}

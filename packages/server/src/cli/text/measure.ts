import type { MeasureAnswer } from '@sama/metrics/contracts';
import { nullReasonMessages } from '@sama/metrics/messages';
import { amount, count, interval, number, rate } from './numbers.ts';
import { plain, tableLines } from './table.ts';

/** A measure as lines of text: each aggregate by name, then the counts by group. */
export function measureLines(answer: MeasureAnswer): string[] {
  const lines = [plain(answer.label), ''];
  if (answer.rate !== undefined) {
    const of =
      answer.rate.value === null
        ? ''
        : ` (${count(answer.rate.k)} of ${count(answer.rate.n)}, 95 % interval ${interval(answer.rate)})`;
    lines.push(`${rate(answer.rate)}${interval(answer.rate) === '' ? '' : of}`);
  }
  const values = answer.rate === undefined ? answer.values : answer.values.filter(({ name }) => name !== 'ratio');
  const rows = values.map(({ name, result }) => [
    plain(name),
    result.value === null ? nullReasonMessages[result.reason].toLowerCase() : valueText(answer, name, result.value),
  ]);
  const columns = (first: string, second: string) => [
    { head: first, align: 'start' as const },
    { head: second, align: 'end' as const },
  ];
  if (rows.length > 0) lines.push(...tableLines(columns('Aggregate', 'Value'), rows));
  if (answer.groups !== undefined) {
    const groups = answer.groups.map(({ key, count: n }) => [key === null ? '(none)' : plain(String(key)), count(n)]);
    lines.push('', ...tableLines(columns('Group', 'Count'), groups));
  }
  return lines;
}

function valueText(answer: MeasureAnswer, name: string, value: number): string {
  if (name === 'count' || answer.unit === 'count') return count(value);
  if (answer.unit === 'minor' && answer.currency !== undefined) return amount(value, answer.currency);
  return answer.unit === 'days' ? `${number(value)} days` : number(value);
}

import type { RecordsAnswer, Scalar } from '@sama/metrics/contracts';
import { amount, count, moment, number } from './numbers.ts';
import { sentenceOf, within } from './period.ts';
import { plain, tableLines, type Column } from './table.ts';

/** The records behind a mark as lines of text: which they are, one row for each, and how many more there are. */
export function recordsLines(answer: RecordsAnswer): string[] {
  const { fields, records, total, offset, timeZone } = answer;
  const currency = fields.indexOf('currency');
  const cell = (value: Scalar, i: number, values: readonly Scalar[]): string => {
    if (value === null) return '';
    const unit = values[currency];
    if (fields[i] === 'amount' && typeof value === 'number' && typeof unit === 'string') return amount(value, unit);
    return typeof value === 'number' ? number(value) : plain(String(value));
  };
  const rows = records.map(({ id, entered, outcome, values }) => [
    plain(id),
    entered === null ? 'not known' : moment(entered, timeZone).slice(0, 16),
    outcome ?? '',
    ...values.map(cell),
  ]);
  const numeric = (i: number): boolean => records.some(({ values }) => typeof values[i] === 'number');
  const columns: Column[] = [
    { head: 'Id', align: 'start' },
    { head: answer.view === 'snapshot' ? 'Since' : 'Entered', align: 'start' },
    { head: 'Outcome', align: 'start' },
    ...fields.map((name, i): Column => ({ head: plain(name), align: numeric(i) ? 'end' : 'start' })),
  ];
  const lines = [plain(answer.label), sentence(answer), ''];
  if (rows.length > 0) lines.push(...tableLines(columns, rows), '');
  const last = offset + records.length;
  lines.push(
    rows.length === 0
      ? `None of ${count(total)}`
      : `${count(offset + 1)} to ${count(last)} of ${count(total)}${last < total ? `; go on with --offset ${last}` : ''}`,
  );
  return lines;
}

function sentence({ view, stage, outcome, period, segment }: RecordsAnswer): string {
  const label = plain(stage.label);
  const parts =
    view === 'snapshot'
      ? [`those who stand at ${label}`]
      : view === 'activity'
        ? [`entries into ${label} ${within(period)}`]
        : [`those of the cohort ${within(period)} who reached ${label}`];
  if (outcome !== undefined) parts.push(`outcome ${outcome}`);
  if (segment !== undefined) parts.push(`segment ${plain(segment.label)}`);
  return sentenceOf(parts);
}

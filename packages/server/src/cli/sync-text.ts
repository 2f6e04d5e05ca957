import type { StreamReport, SyncProgress, SyncReport } from '../sync/index.ts';
import { count } from './text/numbers.ts';
import { plain, tableLines } from './text/table.ts';

/** How far a sync is, on one line. */
export function progressText({ stream, records, total }: SyncProgress): string {
  return `Reading ${plain(stream)}: ${count(records)}${total === undefined ? '' : ` of ${count(total)}`}`;
}

/** What a sync did, for people: each stream, then how healthy the data of the source is. */
export function syncText(report: SyncReport, title: string): string {
  const lines = [
    report.dryRun ? `${title}: this would be brought in. Nothing was changed.` : `${title} is brought in.`,
    '',
    ...streamLines(report.streams),
  ];
  section(lines, 'Refused', report.streams.flatMap(refusedLines));
  section(lines, 'How complete the records are', completeness(report.streams));
  section(lines, 'Stages of the source that are none here', counts(report.streams, 'unsupported'));
  section(lines, 'Without a counterpart', counts(report.streams, 'unmatched'));
  section(
    lines,
    'To know',
    [...report.notes, ...report.streams.flatMap(({ notes }) => notes)].map((note) => `  ${plain(note)}`),
  );
  return `${lines.join('\n')}\n`;
}

function section(lines: string[], title: string, inner: readonly string[]): void {
  if (inner.length > 0) lines.push('', title, ...inner);
}

function streamLines(streams: readonly StreamReport[]): string[] {
  const sum = ({ imports }: StreamReport, of: 'kept' | 'refused'): number =>
    imports.reduce((total, { rows }) => total + rows[of], 0);
  const table = tableLines(
    [
      { head: 'Stream', align: 'start' },
      { head: 'Read', align: 'end' },
      { head: 'Rows kept', align: 'end' },
      { head: 'Refused', align: 'end' },
      { head: 'Changes since', align: 'start' },
      { head: '', align: 'start' },
    ],
    streams.map((stream) => [
      plain(stream.stream),
      count(stream.records),
      count(sum(stream, 'kept')),
      count(sum(stream, 'refused')),
      stream.from === undefined ? 'the beginning' : `${stream.from.slice(0, 16).replace('T', ' ')} UTC`,
      stream.resumed ? 'went on where it had stopped' : stream.cut ? 'only the first pages' : '',
    ]),
  );
  return table.map((line) => `  ${line}`);
}

const QUOTED = 5;

function refusedLines({ imports, notImported }: StreamReport): string[] {
  const whole = notImported.map(({ table, reason }) => `  ${plain(table)}: ${plain(reason)}`);
  const rows = imports.flatMap(({ file, rows, rejects, rejectsFile }) => {
    if (rows.refused === 0) return [];
    const shown = rejects
      .slice(0, QUOTED)
      .map(
        ({ field, reason, value }) =>
          `  ${plain(file)}, ${plain(field)}: ${plain(reason)}${value === undefined ? '' : ` (${plain(value)})`}`,
      );
    const rest = rows.refused - shown.length;
    return [
      ...shown,
      ...(rest > 0 ? [`  and ${count(rest)} more${rejectsFile === undefined ? '' : `, all in ${rejectsFile}`}`] : []),
    ];
  });
  return [...whole, ...rows];
}

/** The least complete first; fields that every record has say nothing. */
function completeness(streams: readonly StreamReport[]): string[] {
  const fields = streams
    .flatMap(({ health }) => health.fields)
    .filter(({ filled, rows }) => rows > 0 && filled < rows)
    .sort((a, b) => a.filled / a.rows - b.filled / b.rows);
  return fields.map(
    ({ table, field, filled, rows }) => `  ${plain(table)}, ${plain(field)}: ${count(filled)} of ${count(rows)}`,
  );
}

function counts(streams: readonly StreamReport[], kind: 'unsupported' | 'unmatched'): string[] {
  return streams
    .flatMap(({ health }) => Object.entries(health[kind]))
    .sort(([, a], [, b]) => b - a)
    .map(([name, times]) => `  ${plain(name)}: ${count(times)}`);
}

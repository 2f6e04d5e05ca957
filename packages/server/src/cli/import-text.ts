import type { Proposal, Sample } from '@sama/connectors';
import type { ImportNote, ImportReport } from '@sama/metrics/contracts';
import { DEFAULT_SIDE_STAGES, isStageFunnel } from '@sama/metrics/definitions';
import type { LoadedConfig } from '../config/config.ts';
import type { BatchInfo } from '../store/index.ts';
import { count } from './text/numbers.ts';
import { plain, tableLines } from './text/table.ts';

const QUOTED = 10;

const NOTE_TITLES: Record<ImportNote['code'], string> = {
  'date-only': 'Days without a time',
  'missing-link': 'Rows without a link',
  'zero-amount': 'Amounts of zero',
  'unmatched-reference': 'Not in the list',
  'unused-reference': 'In the list only',
  undated: 'Without a date',
  'empty-row': 'Empty rows',
  'unused-date': 'Dates without a stage',
  'unmapped-column': 'Columns not read',
  'duplicate-id': 'Repeated ids',
  encoding: 'Encoding',
  unlinked: 'Without a person',
  'rounded-amount': 'Rounded amounts',
};

/** What an import did, for people: the rows first, then what they must know, then what was refused. */
export function reportText(report: ImportReport): string {
  const { rows, file } = report;
  const lines: string[] = [];
  if (report.unchanged) lines.push(`${plain(file)} was imported before as ${report.batch}; nothing changed.`);
  else if (report.dryRun) lines.push(`${plain(file)}: this would be imported.`);
  else if (rows.kept === 0) lines.push(`${plain(file)}: nothing was imported, since no row could be taken.`);
  else lines.push(`Imported ${plain(file)} as ${report.batch}.`);
  lines.push(
    '',
    `  ${counted(rows.read, 'row')} read: ${count(rows.kept)} kept, ${count(rows.merged)} merged, ${count(rows.refused)} refused`,
    `  ${contentsText(report)}${report.undated === 0 ? '' : `, ${counted(report.undated, 'record')} with a stage but no date`}`,
  );
  if (report.notes.length > 0) lines.push('', 'To know', ...mergedNotes(report.notes).flatMap(noteLines));
  if (report.rejects.length > 0) lines.push('', 'Refused', ...rejectLines(report));
  if (!report.unchanged && !report.dryRun && rows.kept > 0)
    lines.push('', `To take it out again: sama import --undo ${report.batch}`);
  return `${lines.join('\n')}\n`;
}

function counted(n: number, noun: string): string {
  return `${count(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** What a batch holds; records and stage entries are named unless it holds only others. */
export function contentsText({ records, events, activities, figures }: Contents): string {
  const parts = [
    ...(activities + figures > 0 && records + events === 0
      ? []
      : [counted(records, 'record'), `${count(events)} dated stage ${events === 1 ? 'entry' : 'entries'}`]),
    ...(activities === 0 ? [] : [`${count(activities)} ${activities === 1 ? 'activity' : 'activities'}`]),
    ...(figures === 0 ? [] : [counted(figures, 'figure')]),
  ];
  return parts.join(', ');
}

type Contents = Pick<ImportReport, 'records' | 'events' | 'activities' | 'figures'>;

/** Notes that say the same of several columns, side by side. */
function mergedNotes(notes: readonly ImportNote[]): ImportNote[][] {
  const groups = new Map<string, ImportNote[]>();
  for (const note of notes) {
    const key = JSON.stringify([note.code, note.detail ?? note.field]);
    groups.set(key, [...(groups.get(key) ?? []), note]);
  }
  return [...groups.values()];
}

function noteLines(notes: readonly ImportNote[]): string[] {
  const [first] = notes;
  if (first === undefined) return [];
  const head = `  ${NOTE_TITLES[first.code]}: ${notes.map(noteText).join('; ')}`;
  return first.detail === undefined ? [head] : [head, `    ${plain(first.detail)}`];
}

function noteText({ code, field, count: n, examples = [] }: ImportNote): string {
  const quoted =
    examples.length === 0
      ? ''
      : ` (${examples.map((example) => JSON.stringify(plain(example).slice(0, 60))).join(', ')}${examples.length < n && code !== 'unmatched-reference' ? ', …' : ''})`;
  return `${plain(field)}, ${count(n)}${quoted}`;
}

function rejectLines(report: ImportReport): string[] {
  const shown = report.rejects.slice(0, QUOTED);
  const table = tableLines(
    [
      { head: 'Line', align: 'end' },
      { head: 'Field', align: 'start' },
      { head: 'Value', align: 'start' },
      { head: 'Reason', align: 'start' },
    ],
    shown.map(({ line, field, value, reason }) => [
      String(line),
      plain(field).slice(0, 30),
      plain(value ?? '').slice(0, 40),
      plain(reason),
    ]),
  );
  return [
    ...table.map((line) => `  ${line}`),
    ...(report.rejects.length > shown.length ? ['  …'] : []),
    ...(report.rejectsFile === undefined ? [] : [`  All of them: ${report.rejectsFile}`]),
  ];
}

/** The proposal as a table: what each column becomes, and why. A question mark is worth a look. */
export function proposalText({ guesses }: Proposal, sample: Sample): string {
  const rows = guesses.map(({ part, column, reason, doubtful }) => [
    doubtful === true ? '?' : '',
    plain(column ?? ''),
    part,
    plain(reason),
  ]);
  const lines = tableLines(
    [
      { head: '', align: 'start' },
      { head: 'Column', align: 'start' },
      { head: 'Becomes', align: 'start' },
      { head: 'Because', align: 'start' },
    ],
    rows,
  );
  const legend = guesses.some(({ doubtful }) => doubtful === true)
    ? '  ? marks a guess that may be wrong: look at it before the import.\n\n'
    : '';
  const found = sample.reasons.map(({ part, reason }) => `${part} ${reason}`).join('; ');
  return `Proposed from ${counted(sample.rows, 'row')} (${plain(found)}):\n\n${lines.map((line) => `  ${line}`).join('\n')}\n\n${legend}`;
}

export function batchesText(batches: readonly BatchInfo[], folder: string): string {
  if (batches.length === 0) return `${folder} holds no batches yet.\n`;
  const lines = tableLines(
    [
      { head: 'Batch', align: 'start' },
      { head: 'Imported', align: 'start' },
      { head: 'File', align: 'start' },
      { head: 'Rows', align: 'end' },
      { head: 'Refused', align: 'end' },
      { head: 'Records', align: 'end' },
      { head: 'Events', align: 'end' },
      { head: 'Activities', align: 'end' },
      { head: 'Figures', align: 'end' },
    ],
    batches.map(({ batch, importedAt, file, rows, records, events, activities, figures }) => [
      batch,
      importedAt.slice(0, 16).replace('T', ' '),
      plain(file),
      count(rows.read),
      count(rows.refused),
      count(records),
      count(events),
      activities === 0 ? '' : count(activities),
      figures === 0 ? '' : count(figures),
    ]),
  );
  return `${lines.join('\n')}\n`;
}

/** The funnels and their stages, as a mapping may name them. */
export function definitionsText({ definitions, path }: LoadedConfig): string {
  const lines = definitions
    .filter(isStageFunnel)
    .flatMap((funnel) => [
      `${funnel.id}@${funnel.version} (${funnel.grain})`,
      `  stages: ${funnel.stages.map(({ key }) => key).join(', ')}`,
      `  beside: ${(funnel.side ?? DEFAULT_SIDE_STAGES).map(({ key }) => key).join(', ')}`,
    ]);
  return `${path === undefined ? 'There is no sama.config.json; these come with Sama.' : `From ${path} and the package.`}\n\n${lines.join('\n')}\n`;
}

import type { HandoffDetail, HandoffReturns } from '@sama/metrics/contracts';
import type { TemplateResult } from 'lit/html.js';
import type { Counts } from '../internal/counts.ts';
import { giveCsv } from '../internal/hand-out.ts';
import { wear } from '../internal/sheets.ts';
import { dress as dressTables } from '../internal/table-view.ts';
import type { QueueWords } from '../locale/index.ts';
import { rowsAsCsv } from './csv.ts';
import { deskStyles } from './desk.styles.ts';
import { deskWords } from './desk-words.ts';
import { type FormHandlers, formTemplate } from './form.ts';
import { formOf } from './forms.ts';
import type { Leads } from './leads.ts';
import { returnsTable } from './returns-table.ts';
import { type Filters, filterTemplate, helpTemplate } from './tools.ts';

/** As many rows a file has. */
const CSV_ROWS = 10_000;

/** Lets a shadow tree show all of this. */
export function dress(root: ShadowRoot): void {
  dressTables(root);
  wear(root, deskStyles);
}

/** What a decision asks. */
export const form = (type: string, detail: HandoffDetail, t: QueueWords, handlers: FormHandlers): TemplateResult =>
  formTemplate(formOf(type, detail, deskWords(t)), deskWords(t), handlers);

/** What was said there, as the command takes it; in words what is lacking. */
export const payloadOf = (type: string, detail: HandoffDetail, t: QueueWords, values: FormData) =>
  formOf(type, detail, deskWords(t)).payload(values);

export const filter = (filters: Omit<Filters, 't'>, t: QueueWords): TemplateResult =>
  filterTemplate({ ...filters, t: deskWords(t) });

export const help = (keys: Parameters<typeof helpTemplate>[0], t: QueueWords, onClose: () => void): TemplateResult =>
  helpTemplate(keys, deskWords(t), onClose);

export const reasons = (
  group: HandoffReturns['groups'][number],
  f: Counts,
  t: QueueWords,
  rtl: boolean,
): TemplateResult => returnsTable(group, f, deskWords(t), rtl);

export const csvOf = (rows: Parameters<typeof rowsAsCsv>[0], now: number, t: QueueWords): string =>
  rows.length === 0 ? '' : rowsAsCsv(rows, now, deskWords(t));

/** Gives the reader all rows of the view as a file; what is to be said of it. */
export const copyRows = async (leads: Leads, title: string, t: QueueWords): Promise<string> =>
  giveCsv(csvOf(await leads.all(CSV_ROWS), leads.now(), t), title, t);

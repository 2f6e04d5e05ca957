import type { HandoffDetail, HandoffReturns } from '@sama/metrics/contracts';
import type { TemplateResult } from 'lit/html.js';
import type { Counts } from '../internal/counts.ts';
import type { Action } from '../internal/action.ts';
import { giveCsv } from '../internal/hand-out.ts';
import { printAction } from '../internal/menu.ts';
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

export { itemsTemplate, onMenu } from '../internal/menu.ts';
export { Acts } from './acts.ts';
export * from './toast.ts';

/** What the menu is for. */
export interface Actions {
  leads: Leads;
  /** Whether several are being marked. */
  picking: boolean;
  pickSeveral(): void;
  title: string;
  say(text: string): void;
}

/** What the menu does; all rows of the view are given as a file. */
export function actionsOf({ leads, picking, pickSeveral, title, say }: Actions, words: QueueWords): Action[] {
  const t = deskWords(words);
  const copy = async (): Promise<void> =>
    say(await giveCsv(csvOf(await leads.all(CSV_ROWS), leads.now(), words), title, t));
  return [
    ...(leads.live ? [{ text: picking ? t.stopPicking : t.pickSeveral, run: pickSeveral }] : []),
    { text: t.copyCsv, run: () => void copy() },
    printAction(t),
  ];
}

import type { Words } from '../locale/index.ts';
import { type DataTable, tableTemplate } from './data-table.ts';
import { csvOf } from './csv.ts';
import { giveCsv } from './hand-out.ts';
import { wear } from './sheets.ts';
import { tableStyles } from './table.styles.ts';

/** Lets a shadow tree show tables. */
export const dress = (root: ShadowRoot): void => wear(root, tableStyles);

export { csvOf, giveCsv, tableTemplate };

/** What figures need to be shown as a table and handed out as a file; loaded when that is wanted. */
export interface TableView<Seen, W extends Words> {
  readonly csvOf: typeof csvOf;
  readonly dress: typeof dress;
  readonly giveCsv: typeof giveCsv;
  readonly tableTemplate: typeof tableTemplate;
  readonly tableOf: (seen: Seen, caption: string, t: W) => DataTable;
}

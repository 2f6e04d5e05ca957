import type { TemplateResult } from 'lit/html.js';
import { handOut } from '../locale/en/hand-out.ts';
import type { Words } from '../locale/index.ts';
import { csvOf } from './csv.ts';
import { type DataTable, tableTemplate } from './data-table.ts';
import type { Action } from './action.ts';
import type { Menus } from './frame.ts';
import { giveCsv } from './hand-out.ts';
import { chartIcon } from './icons.ts';
import { menuStyles } from './menu.styles.ts';
import { wear } from './sheets.ts';
import { tableStyles } from './table.styles.ts';

/** Lets a shadow tree show menus and tables. */
export function dress(root: ShadowRoot): void {
  wear(root, menuStyles);
  wear(root, tableStyles);
}

export * from './menu.ts';
export { csvOf, tableTemplate };

/** The way back from the table. */
export const backOf = (t: Words): { toggle: string; icon: TemplateResult } => ({
  toggle: { ...handOut, ...t }.chart,
  icon: chartIcon(),
});

/** What figures need to be shown as a table and handed out; loaded when that is wanted. */
export interface TableView<Seen, W extends Words> extends Menus {
  readonly backOf: typeof backOf;
  readonly csvOf: typeof csvOf;
  readonly dress: typeof dress;
  readonly tableTemplate: typeof tableTemplate;
  readonly tableOf: (seen: Seen, caption: string, t: W) => DataTable;
}

/** Whose table it is. */
export interface TableHost {
  toCSV(): Promise<string>;
  /** Says what was just done. */
  say(text: string): void;
}

/** What a menu does with the table. */
export const copyAction = (host: TableHost, title: string, t: typeof handOut): Action => ({
  text: t.copyCsv,
  run: async () => host.say(await giveCsv(await host.toCSV(), title, t)),
});

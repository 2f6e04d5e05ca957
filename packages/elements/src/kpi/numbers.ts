import type { Action } from '../internal/action.ts';
import { copyAction, printAction, type TableHost } from '../internal/table-view.ts';
import type { ScorecardWords } from '../locale/index.ts';
import { numbersWords } from './numbers-words.ts';

export * from '../internal/table-view.ts';
export { tableOf } from './table.ts';

/** What the menu does. */
export function actionsOf(host: TableHost & { readonly words: ScorecardWords }, title: string): Action[] {
  const t = numbersWords(host.words);
  return [copyAction(host, title, t), printAction(t)];
}

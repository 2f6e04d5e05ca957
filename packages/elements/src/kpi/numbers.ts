import type { Action } from '../internal/action.ts';
import { colorsOf } from '../internal/colors.ts';
import { pictureActions } from '../internal/picture.ts';
import { copyAction, printAction } from '../internal/table-view.ts';
import type { NumbersHost } from './numbers-host.ts';
import { numbersWords } from './numbers-words.ts';
import { loadPicture } from './picture-part.ts';

export * from '../internal/table-view.ts';
export { tableOf } from './table.ts';

/** What the menu does. */
export function actionsOf(host: NumbersHost, title: string): Action[] {
  const t = numbersWords(host.words);
  const draw = async (): Promise<string> => {
    const { tilesPicture } = await loadPicture();
    const shown = host.look();
    if (shown === undefined) return '';
    const { tiles, alone = tiles, envelope, f } = shown;
    const looks = { title, f, t, color: colorsOf(host.renderRoot), rtl: host.rtl, undirected: false };
    return tilesPicture(alone, envelope.asOf, looks).svg;
  };
  return [copyAction(host, title, t), ...pictureActions(host, title, draw, t), printAction(t)];
}

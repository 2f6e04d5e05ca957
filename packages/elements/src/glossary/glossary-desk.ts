import type { GlossaryList } from '@sama/metrics/contracts';
import { glossaryMarkdown } from '@sama/metrics/glossary';
import { menuStyles } from '../internal/menu.styles.ts';
import { wear } from '../internal/sheets.ts';
import { deskStyles } from './desk.styles.ts';

export { itemsTemplate, onMenu } from '../internal/menu.ts';
export * from './actions.ts';
export { Deeds } from './deeds.ts';

/** Lets a shadow tree show menus and forms. */
export function dress(root: ShadowRoot): void {
  wear(root, menuStyles);
  wear(root, deskStyles);
}

/** All terms as one document. */
export const markdownOf = ({ lang, terms }: GlossaryList, title: string): string =>
  glossaryMarkdown({ v: 1, kind: 'glossary', lang, terms: terms.map(({ term }) => term) }, title);

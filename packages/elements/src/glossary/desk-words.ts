import { glossaryDesk } from '../locale/en/glossary-desk.ts';
import type { GlossaryWords } from '../locale/index.ts';

/** The words of the glossary and of what it loads later. */
export type DeskWords = GlossaryWords & typeof glossaryDesk;

/** Another language brings them all at once. */
export const deskWords = (t: GlossaryWords): DeskWords => ({ ...glossaryDesk, ...t });

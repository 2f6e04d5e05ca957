import { loadPart } from '../internal/parts.ts';
import { DESK } from './glossary-desk-name.ts';
import type { Desk } from './glossary-desk-part.ts';

/** Loads `sama-glossary-desk.js` from where this single file came from. */
export const loadDesk = (): Promise<Desk> => loadPart(DESK, 'sama-glossary-desk.js');

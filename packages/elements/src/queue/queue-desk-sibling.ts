import { loadPart } from '../internal/parts.ts';
import { DESK } from './queue-desk-name.ts';
import type { Desk } from './queue-desk-part.ts';

/** Loads `sama-handoff-queue-desk.js` from where this single file came from. */
export const loadDesk = (): Promise<Desk> => loadPart(DESK, 'sama-handoff-queue-desk.js');

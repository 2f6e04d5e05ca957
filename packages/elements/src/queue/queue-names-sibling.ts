import { loadPart } from '../internal/parts.ts';
import { NAMES } from './queue-names-name.ts';
import type { QueueNames } from './queue-names-part.ts';

/** Loads `sama-handoff-queue-names.js` from where this single file came from. */
export const loadNames = (): Promise<QueueNames> => loadPart(NAMES, 'sama-handoff-queue-names.js');

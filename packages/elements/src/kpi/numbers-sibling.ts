import { loadPart } from '../internal/parts.ts';
import { NUMBERS } from './numbers-name.ts';
import type { Numbers } from './numbers-part.ts';

/** Loads `sama-scorecard-numbers.js` from where this single file came from. */
export const loadNumbers = (): Promise<Numbers> => loadPart(NUMBERS, 'sama-scorecard-numbers.js');

import type { Bands } from './score-fields.ts';

/** A from 75, B from 50, C from 25, else D; levels 1 to 4 alike. @public */
export const DEFAULT_BANDS: Bands = { grade: { A: 75, B: 50, C: 25 }, level: { 1: 75, 2: 50, 3: 25 } };

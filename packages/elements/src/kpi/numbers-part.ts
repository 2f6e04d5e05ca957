import type * as numbers from './numbers.ts';

/** The figures as a table and as a file; `numbers-sibling.ts` stands in for this in single files. */
export type Numbers = typeof numbers;

/** Loads it when it is first asked for. */
export const loadNumbers = (): Promise<Numbers> => import('./numbers.ts');

import type * as desk from './queue-desk.ts';

/** What a first view does not need; `queue-desk-sibling.ts` stands in for this in single files. */
export type Desk = typeof desk;
export type { Actions } from './queue-desk.ts';

/** Loads it when it is first asked for. */
export const loadDesk = (): Promise<Desk> => import('./queue-desk.ts');

import type * as names from './queue-names.ts';

/** What English needs not; `queue-names-sibling.ts` stands in for this in single files. */
export type QueueNames = typeof names;

/** Loads it when another language is spoken. */
export const loadNames = (): Promise<QueueNames> => import('./queue-names.ts');

import type * as detail from './detail.ts';

/** What a first view does not need; `detail-sibling.ts` stands in for this in single files. */
export type Detail = typeof detail;

/** Loads it when it is first asked for. */
export const loadDetail = (): Promise<Detail> => import('./detail.ts');

import type * as picture from './svg.ts';

/** The tiles as a picture; `picture-sibling.ts` stands in for this in single files. */
type TilesPicture = typeof picture;

/** Loads it when a picture is wanted. */
export const loadPicture = (): Promise<TilesPicture> => import('./svg.ts');

import type * as differ from './differ.ts';
import type * as notes from './notes.ts';
import type * as skin from './skin.ts';
import type * as picture from './svg.ts';

/** What only some funnels show; their details load each when it is wanted. */
export interface Extras {
  differ: typeof differ;
  notes: typeof notes;
  picture: typeof picture;
  skin: typeof skin;
}

const FILES: { readonly [Name in keyof Extras]: () => Promise<Extras[Name]> } = {
  differ: () => import('./differ.ts'),
  notes: () => import('./notes.ts'),
  picture: () => import('./svg.ts'),
  skin: () => import('./skin.ts'),
};

/** Loads one; `extra-sibling.ts` stands in for this in single files. */
export const extra = <Name extends keyof Extras>(name: Name): Promise<Extras[Name]> => FILES[name]();

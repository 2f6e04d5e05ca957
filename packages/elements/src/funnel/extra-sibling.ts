import { loadPart } from '../internal/parts.ts';
import { extraName } from './extra-name.ts';
import type { Extras } from './extra-part.ts';

/** Loads `sama-funnel-detail-NAME.js` from where this single file came from. */
export const extra = <Name extends keyof Extras>(name: Name): Promise<Extras[Name]> =>
  loadPart(extraName(name), `sama-funnel-detail-${name}.js`);

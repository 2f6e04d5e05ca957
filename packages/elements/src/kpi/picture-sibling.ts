import { loadPart } from '../internal/parts.ts';
import { PICTURE } from './picture-name.ts';
import type * as picture from './svg.ts';

/** Loads `sama-scorecard-numbers-picture.js` from where this single file came from. */
export const loadPicture = (): Promise<typeof picture> => loadPart(PICTURE, 'sama-scorecard-numbers-picture.js');

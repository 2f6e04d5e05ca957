import type { AllWords } from '../index.ts';
import { behind } from './behind.ts';
import { first } from './first.ts';

/**
 * Arabic words of all widgets, for `registerLocale('ar', ar)`.
 *
 * @beta
 */
export const ar: AllWords = { ...first, behind };

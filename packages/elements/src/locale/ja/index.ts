import type { AllWords } from '../index.ts';
import { behind } from './behind.ts';
import { first } from './first.ts';

/**
 * Japanese words of all widgets, for `registerLocale('ja', ja)`.
 *
 * @beta
 */
export const ja: AllWords = { ...first, behind };

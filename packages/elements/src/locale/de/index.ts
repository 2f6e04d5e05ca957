import type { AllWords } from '../index.ts';
import { behind } from './behind.ts';
import { first } from './first.ts';

/**
 * German words of all widgets, for `registerLocale('de', de)`.
 *
 * @beta
 */
export const de: AllWords = { ...first, behind };

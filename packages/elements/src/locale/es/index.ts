import type { AllWords } from '../index.ts';
import { behind } from './behind.ts';
import { first } from './first.ts';

/**
 * Spanish words of all widgets, for `registerLocale('es', es)`.
 *
 * @beta
 */
export const es: AllWords = { ...first, behind };

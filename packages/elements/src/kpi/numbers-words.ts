import { scorecardNumbers } from '../locale/en/scorecard-numbers.ts';
import type { ScorecardWords } from '../locale/index.ts';

/** The words of the scorecard and of what it loads later. */
export type NumbersWords = ScorecardWords & typeof scorecardNumbers;

/** Another language brings them all at once. */
export const numbersWords = (t: ScorecardWords): NumbersWords => ({ ...scorecardNumbers, ...t });

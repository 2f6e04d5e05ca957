/** By which the single file of the numbers is known to that of the scorecard: of the same version only. */
export const NUMBERS = 'scorecard-numbers 0.1.0';

/** By which the single file of pictures is known to that of the numbers: of the same version only. */
export const PICTURE = 'scorecard-numbers-picture 0.1.0';

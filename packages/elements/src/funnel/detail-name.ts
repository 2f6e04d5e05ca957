/** By which the single file of the details is known to that of the funnel: of the same version only. */
export const DETAIL = 'funnel-detail 0.1.0';

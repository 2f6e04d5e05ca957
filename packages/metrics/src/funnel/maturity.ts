/** The share of a cohort that must have had the horizon. Source: docs/how-sama-counts.md, section 4. */
const MATURE_PERCENT = 95;

/** Whether enough of a cohort's members were followed to its horizon. */
export const isMature = (followed: number, members: number): boolean => followed * 100 >= members * MATURE_PERCENT;

/** Below this many entrants no percentage is shown. */
export const SMALL_N = 10;

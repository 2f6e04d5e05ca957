import type { Own } from '../own.ts';

/** Arabic words of the filter. */
export const filter: Own['filter'] = {
  filter: 'تصفية',
  showing: 'عرض {period}',
  inSegment: ' في {segment}',
  against: ' مقابل {compare}',
};

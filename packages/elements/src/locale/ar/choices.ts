import type { Own } from '../own.ts';

/** Arabic words for what readers choose. */
export const choices: Own['choices'] = {
  compareLabel: 'المقارنة',
  segmentLabel: 'الشريحة',
  noComparison: 'لا شيء',
  previous: 'الفترة السابقة',
  previousYear: 'السنة السابقة',
  allSegments: 'كل الشرائح',
};

/** English words for what widgets and the filter of a page let readers choose. */
export const choices = {
  compareLabel: 'Comparison',
  segmentLabel: 'Segment',
  noComparison: 'nothing',
  previous: 'the period before',
  previousYear: 'the year before',
  allSegments: 'all segments',
};

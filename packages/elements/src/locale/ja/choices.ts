import type { Own } from '../own.ts';

/** Japanese words for what readers choose. */
export const choices: Own['choices'] = {
  compareLabel: '比較',
  segmentLabel: 'セグメント',
  noComparison: 'なし',
  previous: '前の期間',
  previousYear: '前年',
  allSegments: 'すべてのセグメント',
};

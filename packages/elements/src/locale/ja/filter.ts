import type { Own } from '../own.ts';

/** Japanese words of the filter. */
export const filter: Own['filter'] = {
  filter: 'フィルター',
  showing: '表示: {period}',
  inSegment: '、セグメント: {segment}',
  against: '、比較: {compare}',
};

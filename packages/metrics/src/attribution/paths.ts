import { QuestionError } from '../errors.ts';
import type { PathCount } from './contracts.ts';

/** Paths with their channels as numbers, in the order of the channels' names. */
export interface CodedPaths {
  /** All channels by code point, so that the order of the rows changes nothing. */
  channels: readonly string[];
  rows: readonly { path: readonly number[]; conversions: number; nulls: number }[];
  conversions: number;
  nulls: number;
}

/** @throws QuestionError `invalid-question`, naming the row, the field and what helps. */
export function codePaths(paths: readonly PathCount[]): CodedPaths {
  const names = new Set<string>();
  let conversions = 0;
  let nulls = 0;
  paths.forEach((row, i) => {
    if (row.path.length === 0) {
      throw new QuestionError(
        'invalid-question',
        `paths[${i}].path is empty: leave the row out and count its conversions as unattributed`,
      );
    }
    for (const channel of row.path) {
      if (typeof channel !== 'string' || channel === '') {
        throw new QuestionError('invalid-question', `paths[${i}].path has a channel without a name: name it`);
      }
      names.add(channel);
    }
    needCount(row.conversions, `paths[${i}].conversions`);
    needCount(row.nulls, `paths[${i}].nulls`);
    conversions += row.conversions;
    nulls += row.nulls;
  });
  needCount(conversions + nulls, 'the sum of all conversions and nulls');
  const channels = [...names].sort();
  const codes = new Map(channels.map((channel, code) => [channel, code]));
  const rows = paths.map(({ path, conversions, nulls }) => ({
    path: path.map((channel) => codes.get(channel) ?? 0),
    conversions,
    nulls,
  }));
  return { channels, rows, conversions, nulls };
}

function needCount(value: number, field: string): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new QuestionError('invalid-question', `${field} is ${value}: give a whole number, 0 or more and below 2^53`);
  }
}

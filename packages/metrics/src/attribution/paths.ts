import { InputError } from '../errors.ts';
import type { PathCount } from './contracts.ts';

/** Paths with their channels as numbers, in the order of the channels' names. */
export interface CodedPaths {
  /** All channels by code point, so that the order of the rows changes nothing. */
  channels: readonly string[];
  rows: readonly { path: readonly number[]; conversions: number; nulls: number }[];
  conversions: number;
  nulls: number;
}

/** @throws InputError, naming the row, the field and what helps. */
export function codePaths(paths: readonly PathCount[]): CodedPaths {
  const names = new Set<string>();
  let conversions = 0;
  let nulls = 0;
  paths.forEach((row, i) => {
    if (row.path.length === 0) {
      throw new InputError(
        `paths.${i}.path`,
        'the path is empty',
        'leave the row out and count its conversions as unattributed',
      );
    }
    for (const channel of row.path) {
      if (typeof channel !== 'string' || channel === '') {
        throw new InputError(`paths.${i}.path`, 'a channel has no name', 'name it, or leave the touch out');
      }
      names.add(channel);
    }
    needCount(row.conversions, `paths.${i}.conversions`);
    needCount(row.nulls, `paths.${i}.nulls`);
    conversions += row.conversions;
    nulls += row.nulls;
  });
  needCount(conversions + nulls, 'paths');
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
    throw new InputError(field, `${value} is no count`, 'give whole numbers, 0 or more, below 2^53 in all');
  }
}

import { openDecimals, profileColumn } from '@sama/connectors';
import type { ImportMapping } from '@sama/metrics/contracts';
import { ImportError } from './errors.ts';
import { sampleFile } from './sample.ts';

/**
 * Refuses a CSV file in whose amounts a sign may be decimal or between thousands, unless the mapping
 * says which: a sum a thousand times too small looks like any other.
 */
export async function requireDecimalSign(path: string, mapping: ImportMapping): Promise<void> {
  const { delimiter } = mapping;
  const amount = mapping.amount ?? (mapping.rows === 'figures' ? mapping.value : undefined);
  if (amount === undefined || amount.decimal !== undefined) return;
  const profile = async (length?: number) =>
    (await sampleFile(path, delimiter, length)).columns.find(({ name }) => name === amount.column);
  // The first rows mostly decide; only where they do not are more of them read.
  if ((await profile(32 * 1024))?.decimals?.signs.length === 1) return;
  const column = await profile();
  if (column === undefined) return;
  // A value that is no number is refused by its line and says nothing of the others.
  const numbers = column.values.flatMap(({ value }) => (/^[+-]?[\d.,]+$/.test(value) ? [value] : []));
  const place = mapping.amount === undefined ? 'value' : 'amount';
  const open = openDecimals(column.decimals === undefined ? profileColumn(column.name, numbers) : column, place);
  if (open !== undefined) throw new ImportError(`${path}: ${open.reason}`);
}

import { openDecimals } from '@sama/connectors';
import type { Mapping } from '@sama/metrics/contracts';
import { ImportError } from './errors.ts';
import { sampleFile } from './sample.ts';

/**
 * Refuses a CSV file in whose amounts a sign may be decimal or between thousands, unless the mapping
 * says which: a sum a thousand times too small looks like any other.
 */
export async function requireDecimalSign(path: string, { amount, delimiter }: Mapping): Promise<void> {
  if (amount === undefined || amount.decimal !== undefined) return;
  const { columns } = await sampleFile(path, delimiter);
  const column = columns.find(({ name }) => name === amount.column);
  const open = column && openDecimals(column);
  if (open !== undefined) throw new ImportError(`${path}: ${open.reason}`);
}

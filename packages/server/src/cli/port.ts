import { InvalidArgumentError } from 'commander';

/** Reads the number of a port. */
export function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_534)
    throw new InvalidArgumentError('A port is a number from 0 (any free one) to 65534.');
  return value;
}

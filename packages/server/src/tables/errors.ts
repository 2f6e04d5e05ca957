/** Nothing can be written: the disk is full, or can only be read. What is there can still be read. */
export class Barred extends Error {
  override name = 'Barred';

  constructor(by: 'full' | 'read-only', options?: ErrorOptions & { of?: string }) {
    const disk = `the disk of the ${options?.of ?? 'ledger'}`;
    super(by === 'full' ? `${disk} is full; make room on it` : `${disk} can only be read; make it writable`, options);
  }
}

/** A database cannot be asked now: it is stopped, or the way to it is cut. */
export class Away extends Error {
  override name = 'Away';
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What keeps PostgreSQL from writing, by the SQLSTATE of its error. */
export function barredBy(error: unknown): 'full' | 'read-only' | undefined {
  const code = codeOf(error);
  if (code === '53100') return 'full';
  return code === '25006' ? 'read-only' : undefined;
}

/** Whether another row has the key already. */
export const isTaken = (error: unknown): boolean => codeOf(error) === '23505';

/** Whether an error is of the way to PostgreSQL, or of its stopping, and says nothing of a statement. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    /^(08|57P|53[23]|E[A-Z]{3,}$)/.test(codeOf(error)) ||
    /^(Connection terminated|timeout e|Client has)/.test(error.message)
  );
}

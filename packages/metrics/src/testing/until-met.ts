import * as fc from 'fast-check';

/**
 * Holds a property on `numRuns` random examples, and on as many again, at most twenty times, while not everything
 * was met that should be: what a generator meets is chance, of which no test may fail.
 *
 * @param property
 * @param options `numRuns` at a time; `met` whether enough was; a failure is not made smaller where `endOnFailure`
 * @beta
 */
export async function untilMet<Ts>(
  property: fc.IAsyncProperty<Ts>,
  { met, ...options }: { numRuns: number; met: () => boolean; endOnFailure?: boolean },
): Promise<void> {
  for (let round = 0; round === 0 || (round < 20 && !met()); round += 1) await fc.assert(property, options);
}

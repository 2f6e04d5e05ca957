/** Milliseconds of one task in which all widgets of a page take answers, before the page's reader has a turn. */
const SLICE = 16;

/** When the slice of this task is over; 0 while there is none. */
let until = 0;
let next: Promise<void> | undefined;
let last: Promise<unknown> = Promise.resolve();

/** Resolves in the next task, for all who await it together. */
export const nextTask = (): Promise<void> =>
  (next ??= new Promise((resolve) => {
    const begin = (): void => {
      next = undefined;
      until = 0;
      resolve();
    };
    if ('scheduler' in globalThis) void scheduler.postTask(begin);
    else setTimeout(begin);
  }));

/**
 * Does what takes long after what runs now: at once while the slice of this task lasts, else in a later one, each when
 * the one before is done. Resolves to what the work gives and rejects with what it throws.
 */
export function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
  const mine = last.then(async () => {
    if (until && Date.now() > until) await next;
    void nextTask();
    until ||= Date.now() + SLICE;
    return work();
  });
  last = mine.catch(() => undefined);
  return mine;
}

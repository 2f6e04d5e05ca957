/** Milliseconds of one task in which all widgets of a page read and draw, before the page's reader has a turn. */
const SLICE = 16;

/** When the slice of this task is over; 0 while there is none. */
let until = 0;
let next: Promise<unknown> | undefined;

const begin = (): void => {
  until = 0;
  next = undefined;
};

/** Resolves in the next task, for all who await it together. */
export const nextTask = (): Promise<unknown> =>
  (next ??= (
    'scheduler' in globalThis ? scheduler.postTask(() => undefined) : new Promise((resolve) => setTimeout(resolve))
  ).then(begin));

/** Whether this task has no more time; its slice begins when it is first asked. */
function isOver(): boolean {
  const now = Date.now();
  void nextTask();
  return now > (until ||= now + SLICE);
}

/**
 * Does what takes long after what runs now: at once while the slice of this task lasts, else in a later one, each in
 * turn. Resolves to what the work gives and rejects with what it throws.
 */
export async function inTurn<T>(work: () => T): Promise<T> {
  await undefined;
  while (isOver()) await next;
  return work();
}

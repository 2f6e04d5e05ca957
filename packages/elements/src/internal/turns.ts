/** Milliseconds of one task in which all widgets of a page read and draw, before the page's reader has a turn. */
const SLICE = 16;

/** When the slice of this task is over; 0 while there is none. */
let until = 0;
/** The next task, while it is awaited. */
let next: Promise<unknown> | undefined;
/** The script that brings the widgets has a task of its own. */
let brought: Promise<unknown> | undefined;

const begin = (): void => {
  until = 0;
  next = undefined;
};

const nextTask = (): Promise<unknown> =>
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
 * turn. What is done `before`, all do together. Resolves to what the work gives and rejects with what it throws.
 */
export async function inTurn<T>(work: () => T, before?: () => void): Promise<T> {
  await (brought ??= nextTask());
  if (before) {
    isOver();
    before();
    await undefined;
  }
  while (isOver()) await next;
  return work();
}

/** Collects what is given within one microtask and hands it on as one list. */
export function collect<T>(send: (all: readonly T[]) => void): (one: T) => void {
  let open: T[] | undefined;
  return (one) => {
    if (open !== undefined) {
      open.push(one);
      return;
    }
    const all = [one];
    open = all;
    queueMicrotask(() => {
      open = undefined;
      send(all);
    });
  };
}

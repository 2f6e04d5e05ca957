/** The promise, or the abort reason as soon as the signal says so; `left` is called then. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined, left?: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      left?.();
      reject(signal?.reason);
    };
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', stop));
  });
}

/** Waits so many milliseconds, or rejects with the abort reason. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return unlessAborted(waited, signal).finally(() => clearTimeout(timer));
}

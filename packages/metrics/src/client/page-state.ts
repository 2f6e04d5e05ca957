import { isObject } from './shape.ts';

/** Whether the device says that it has no network. One that says nothing has. */
export function isOffline(): boolean {
  const navigator: unknown = Reflect.get(globalThis, 'navigator');
  return isObject(navigator) && navigator['onLine'] === false;
}

/** Calls `back` when the device has a network again, until it is stopped. */
export function onOnline(back: () => void): () => void {
  const page: unknown = globalThis;
  if (!(page instanceof EventTarget)) return () => undefined;
  page.addEventListener('online', back);
  return () => page.removeEventListener('online', back);
}

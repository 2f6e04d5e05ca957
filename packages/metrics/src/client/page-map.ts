/** A map that all copies of a module on one page share under this name. @public */
export function pageMap<T>(name: string): Map<string, T> {
  const key = Symbol.for(name);
  const found: unknown = Reflect.get(globalThis, key);
  if (found instanceof Map) return found;
  const made = new Map<string, T>();
  Object.defineProperty(globalThis, key, { value: made });
  return made;
}

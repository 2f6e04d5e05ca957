/** What a provider offers to the elements in it, by the context protocol of the web components community. */
export const SOURCE = Symbol.for('sama.source.v1');
export const SETTINGS = Symbol.for('sama.settings.v1');

/** What a provider may set for all elements in it; an element's own attribute of the name wins. */
export type Setting =
  | 'glossaryHref'
  | 'locale'
  | 'timeZone'
  | 'currency'
  | 'period'
  | 'segment'
  | 'compare'
  | 'theme'
  | 'density';

/** What is set, by the names of properties. */
export type Settings = Readonly<Record<string, string>>;

/** Whether these are settings, of a provider of any version. */
export const isSettings = (offered: unknown): offered is Settings =>
  Object.values(Object(offered)).every((value) => typeof value === 'string');

/** A request for what an ancestor offers; `callback` may be called again when it changes. */
export interface ContextRequest extends Event {
  context: unknown;
  callback: (value: unknown, stop?: () => void) => void;
  subscribe?: boolean;
}

/** Said by a provider that has come: who asked before it was there asks again. */
export const CAME = 'context-provider';

/**
 * Asks the ancestors of an element for what they offer, and again when a provider comes later; `take`
 * is called with each value. Returns the way to stop.
 */
export function follow(element: HTMLElement, context: symbol, take: (value: unknown) => void): () => void {
  let asking: object | undefined;
  let stop: (() => void) | undefined;
  const ask = (): void => {
    stop?.();
    const mine = (asking = {});
    const callback: ContextRequest['callback'] = (value, end) => {
      if (asking !== mine) return end?.();
      stop = end;
      take(value);
    };
    const request = new Event('context-request', { bubbles: true, composed: true });
    element.dispatchEvent(Object.assign(request, { context, callback, subscribe: true }));
  };
  document.addEventListener(CAME, ask);
  ask();
  return () => {
    document.removeEventListener(CAME, ask);
    asking = undefined;
    stop?.();
  };
}

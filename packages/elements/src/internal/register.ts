/** What can be registered: an element that says its version. */
export type Registrable = CustomElementConstructor & { version: string };

/** How elements are registered. @public */
export interface DefineOptions {
  /** Added to every tag: `{ suffix: '-v1' }` defines `<sama-funnel-v1>`. Default: none. */
  suffix?: string | undefined;
  /** `closed` keeps the scripts of the page out of the shadow trees. Default: `open`. */
  shadow?: ShadowRootMode | undefined;
}

/** What the script tag that runs now asks for, as `data-sama-suffix` and `data-sama-shadow`; a module's cannot. */
function optionsOfScript(): DefineOptions {
  const { samaSuffix, samaShadow } = document.currentScript?.dataset ?? {};
  return { suffix: samaSuffix, shadow: samaShadow === 'closed' ? 'closed' : undefined };
}

/**
 * Registers an element, once. Never throws: where the tag is taken by another copy, that copy stays
 * and a warning names both versions.
 */
export function register(name: string, element: Registrable, options?: DefineOptions): void {
  if (typeof document === 'undefined') return;
  const { suffix = '', shadow } = options ?? optionsOfScript();
  const tag = name + suffix;
  const present = customElements.get(tag);
  if (present === element || present?.prototype instanceof element) return;
  if (present !== undefined) {
    const other = String(Reflect.get(present, 'version') ?? 'unknown');
    console.warn(`<${tag}> is already defined by version ${other}; version ${element.version} is not used.`);
    return;
  }
  try {
    // A class serves one tag only, so each set of tags has its own.
    const own = suffix === '' && shadow === undefined ? element : class extends element {};
    if (shadow !== undefined) Object.assign(own, { shadow });
    customElements.define(tag, own);
  } catch (error) {
    console.warn(`<${tag}> could not be defined:`, error);
  }
}

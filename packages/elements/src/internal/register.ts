/**
 * Registers an element, once. Never throws: where the tag is taken by another copy, that copy stays
 * and a warning names both versions.
 */
export function register(tag: string, element: CustomElementConstructor & { version: string }): void {
  if (typeof customElements === 'undefined') return;
  const present = customElements.get(tag);
  if (present === element) return;
  if (present !== undefined) {
    const other: unknown = Reflect.get(present, 'version');
    console.warn(
      `<${tag}> is already defined by version ${typeof other === 'string' ? other : 'unknown'}; version ${element.version} is not used.`,
    );
    return;
  }
  try {
    customElements.define(tag, element);
  } catch (error) {
    console.warn(`<${tag}> could not be defined:`, error);
  }
}

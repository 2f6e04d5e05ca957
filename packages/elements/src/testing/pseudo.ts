/** ASCII letters with a mark each, so that what is not translated is seen. */
const marked = (text: string): string => text.replace(/[A-Za-z]/g, (letter) => `${letter}\u0301`);

/** A text as a language that needs more room has it: marked, and longer by two fifths. */
function longer(text: string): string {
  const kept = text.replace(/[^{}]+|\{(\w+%?)((?:\|[^|}]*)*)\}/g, (part, name?: string, forms = '') =>
    name === undefined ? marked(part) : `{${name}${marked(forms)}}`,
  );
  return kept + ' ~~~~'.repeat(Math.ceil(text.length / 12));
}

/** Words of a language nobody speaks, made from English ones: what is drawn without it was never in the words. */
export function pseudo(words: unknown): unknown {
  if (typeof words === 'string') return longer(words);
  if (Array.isArray(words)) return words.map(pseudo);
  if (typeof words === 'function') return (...given: unknown[]) => pseudo(Reflect.apply(words, undefined, given));
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      key === 'tag' ? 'en-XA' : key === 'comma' ? value : pseudo(value),
    ]),
  );
}

/** Texts that somebody sees or hears in a tree. */
export function textsIn(root: ShadowRoot): string[] {
  const texts = [...root.querySelectorAll(':not(style)')].flatMap((element) => [
    ...[...element.childNodes].filter((node) => node instanceof Text).map((node) => node.textContent ?? ''),
    ...['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''),
  ]);
  return texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '');
}

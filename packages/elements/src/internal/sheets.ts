/** Style sheets by their text, for each document: most elements of a page share them. */
const sheets = new WeakMap<Document, Map<string, CSSStyleSheet>>();

/** These styles as sheets of a document. */
export function sheetsOf(document: Document, texts: readonly string[]): CSSStyleSheet[] {
  const known = sheets.get(document) ?? new Map<string, CSSStyleSheet>();
  sheets.set(document, known);
  return texts.map((text) => {
    let sheet = known.get(text);
    if (sheet === undefined) {
      sheet = new (document.defaultView ?? globalThis).CSSStyleSheet();
      sheet.replaceSync(text);
      known.set(text, sheet);
    }
    return sheet;
  });
}

/** Gives a shadow tree styles that came with what was loaded later; it keeps them until it is attached anew. */
export function wear(root: ShadowRoot, text: string): void {
  const sheets = root.adoptedStyleSheets;
  for (const sheet of sheetsOf(root.ownerDocument, [text])) if (!sheets.includes(sheet)) sheets.push(sheet);
}

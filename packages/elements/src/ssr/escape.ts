const REFERENCES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that reads as itself between tags and in quoted attributes, whatever it holds. A parser would take NUL for an error. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('\0', '\uFFFD').replace(/[&<>"']/g, (mark) => REFERENCES[mark] ?? mark);

/** JSON that ends no script and opens no comment in one. */
export function escapeJson(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replace(
    /[<\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

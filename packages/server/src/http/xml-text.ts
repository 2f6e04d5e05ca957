/** What XML 1.0 has no way to say. */
const UNSAYABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const REFERENCES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Without what XML cannot say. */
export const sayable = (text: string): string => text.replace(UNSAYABLE, '\uFFFD');

/** Text that reads as itself between tags and in quoted attributes of XML and HTML, whatever it holds. */
export const xmlText = (text: string): string => sayable(text).replace(/[&<>"']/g, (mark) => REFERENCES[mark] ?? mark);

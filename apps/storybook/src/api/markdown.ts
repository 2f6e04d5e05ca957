/** Code in Markdown: fenced or between backticks. */
const CODE = /(```[\s\S]*?```|`[^`\n]*`)/;

/** A name that no parameter is likely to have. */
const EXPORT_NAME = /^`([A-Za-z]+[A-Z]\w*|[A-Z]\w+)`$/;

/**
 * Markdown of a docstring as MDX: outside of code, braces and angle brackets are text, and a line that begins like a
 * statement is none. A name in backticks becomes a link where `addressOf` knows it.
 */
export function toMdx(markdown: string, addressOf: (name: string) => string | undefined): string {
  return linked(markdown, addressOf, (text) =>
    text
      .replaceAll(/[{}<]/g, String.raw`\$&`)
      .replaceAll(
        /^(\s*)([ie])(mport|xport)\b/gm,
        (_, space: string, first: string, rest: string) => `${space}&#${first.charCodeAt(0)};${rest}`,
      ),
  );
}

/** The same as the cell of a table in plain Markdown. */
export function toCell(markdown: string, addressOf: (name: string) => string | undefined): string {
  const line = markdown.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', String.raw`\|`);
  return linked(line, addressOf, (text) => text.replaceAll('<', '&lt;'));
}

function linked(
  markdown: string,
  addressOf: (name: string) => string | undefined,
  plain: (text: string) => string,
): string {
  const code = (text: string): string => {
    const address = addressOf(EXPORT_NAME.exec(text)?.[1] ?? '');
    return address === undefined ? text : `[${text}](${address})`;
  };
  return markdown
    .split(CODE)
    .map((part, i) => (i % 2 === 1 ? code(part) : plain(part)))
    .join('');
}

/** Up to the end of the first sentence. */
export function firstSentence(markdown: string): string {
  const [paragraph = ''] = markdown.split('\n\n');
  return /^[\s\S]*?\.(?=\s|$)/.exec(paragraph)?.[0] ?? paragraph;
}

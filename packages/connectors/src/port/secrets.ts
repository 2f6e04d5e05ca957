import { ConnectorError } from './errors.ts';

const MASK = '[secret]';
/** Characters of a vendor's sentence that are shown. */
const SAID = 300;

/**
 * Credentials by name. However they are printed, only names appear, and `redact` takes their values
 * out of any text on its way to a message.
 * @beta
 */
export class Secrets {
  readonly #values: ReadonlyMap<string, string>;
  /** Every value that must never be shown, those that were handed out later included. */
  readonly #hidden = new Set<string>();

  constructor(values: Readonly<Record<string, string | undefined>>) {
    const given = Object.entries(values).flatMap(([name, value]) => {
      const text = value?.trim();
      return text === undefined || text === '' ? [] : [[name, text] as const];
    });
    this.#values = new Map(given);
    for (const [, value] of given) this.hide(value);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** Throws a ConnectorError `credentials` that names what is missing. */
  require(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined)
      throw new ConnectorError(
        'credentials',
        `${name} is not set. Put it into the environment, or into a file of NAME=value lines named by --secrets.`,
      );
    return value;
  }

  /** Takes a token that was given in exchange among what is never shown. */
  hide(value: string): void {
    // What is shorter says nothing, and would blacken half of a message.
    if (value.length < 6) return;
    this.#hidden.add(value);
    // Half a character cannot be written into an address.
    this.#hidden.add(encodeURIComponent(value.replaceAll(/\p{Cs}/gu, '\uFFFD')));
    this.#hidden.add(String(new URLSearchParams({ '': value })).slice(1));
    this.#hidden.add(JSON.stringify(value).slice(1, -1));
  }

  /** A text without the values. */
  redact(text: string): string {
    // The longest first: one value may be part of another.
    const values = [...this.#hidden].sort((a, b) => b.length - a.length);
    return values.reduce((left, value) => left.replaceAll(value, MASK), text);
  }

  /** What somebody else says, as it may stand in a message: without the values, in one line, and not long. */
  quote(text: string): string {
    // Cut last: half of a value is no longer found.
    return this.redact(text)
      .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .slice(0, SAID);
  }

  toString(): string {
    return `secrets: ${[...this.#values.keys()].join(', ')}`;
  }

  toJSON(): string {
    return this.toString();
  }

  /** What `console.log` and `util.inspect` print. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/**
 * Reads a file of secrets: lines of `NAME=value`, with `#` before a remark. Values may stand in quotes.
 * Throws a ConnectorError that names the line but not its content.
 * @beta
 */
export function readSecretsText(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, name, value] = /^(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw new ConnectorError('credentials', `line ${index + 1} of the file of secrets is not NAME=value`);
    values[name] = /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value;
  }
  return values;
}

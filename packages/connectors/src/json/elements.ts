/** One element of a JSON text, still as text. @beta */
export interface JsonElement {
  /** The key of the list it stands in; absent for an element of a top-level array. */
  list?: string;
  text: string;
  /** Line on which it starts, from 1. */
  line: number;
}

/** A JSON text that cannot be cut into elements. @beta */
export class JsonShapeError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.name = 'JsonShapeError';
    this.line = line;
  }
}

/**
 * Cuts a JSON array, or an object of arrays, into the texts of its elements without holding the
 * whole: it follows strings and brackets only, so that an element with a fault inside is refused
 * alone when it is parsed.
 * @beta
 */
export class JsonSplitter {
  #depth = 0;
  #elementDepth = 0;
  #inString = false;
  #escaped = false;
  #line = 1;
  #done = false;
  /** The last string at depth 1 of an object: the key of the list that follows. */
  #key = '';
  #keyText: string | undefined;
  /** Whether what stands at depth 1 of an object is a list; what is in other values is passed over. */
  #inList = false;
  #element: string | undefined;
  #elementLine = 1;

  /** Takes the next piece of text and returns the elements that end in it. */
  push(text: string): JsonElement[] {
    const found: JsonElement[] = [];
    let from = 0;
    for (let i = 0; i < text.length; i += 1) {
      const c = text.charCodeAt(i);
      if (c === 0x0a) this.#line += 1;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (c === 0x5c) this.#escaped = true;
        else if (c === 0x22) {
          this.#inString = false;
          if (this.#keyText !== undefined) this.#key = this.#endKey(text.slice(from, i));
        }
        continue;
      }
      if (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09 || c === 0xfeff) continue;
      if (this.#done) throw new JsonShapeError(this.#line, 'text follows the end of the JSON value');
      if (this.#elementDepth === 0) {
        if (c !== 0x5b && c !== 0x7b)
          throw new JsonShapeError(this.#line, 'the file is neither a JSON array nor an object');
        this.#elementDepth = c === 0x5b ? 1 : 2;
        this.#depth = 1;
        continue;
      }
      const closes = c === 0x5d || c === 0x7d;
      if (this.#element !== undefined && this.#depth === this.#elementDepth && (closes || c === 0x2c)) {
        const element = this.#endElement(text.slice(from, i));
        if (this.#elementDepth === 1 || this.#inList) found.push(element);
      } else if (this.#element === undefined && this.#depth === this.#elementDepth && c !== 0x2c && !closes) {
        this.#element = '';
        this.#elementLine = this.#line;
        from = i;
      }
      if (c === 0x22) {
        this.#inString = true;
        if (this.#depth === 1 && this.#elementDepth === 2) {
          this.#keyText = '';
          from = i + 1;
        }
      } else if (c === 0x5b || c === 0x7b) {
        if (this.#depth === 1) this.#inList = c === 0x5b;
        this.#depth += 1;
      } else if (closes) {
        this.#depth -= 1;
        if (this.#depth === 0) this.#done = true;
      }
    }
    if (this.#element !== undefined) this.#element += text.slice(from);
    else if (this.#keyText !== undefined) this.#keyText += text.slice(from);
    return found;
  }

  /** Throws when the text ended early. */
  finish(): void {
    if (!this.#done)
      throw new JsonShapeError(
        this.#line,
        this.#elementDepth === 0 ? 'the file is empty' : 'the JSON ends before its last bracket is closed',
      );
  }

  #endKey(rest: string): string {
    const key = (this.#keyText ?? '') + rest;
    this.#keyText = undefined;
    return key;
  }

  #endElement(rest: string): JsonElement {
    const text = (this.#element ?? '') + rest;
    this.#element = undefined;
    return { ...(this.#elementDepth === 2 ? { list: this.#key } : {}), text, line: this.#elementLine };
  }
}

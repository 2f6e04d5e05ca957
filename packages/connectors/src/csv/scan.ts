/**
 * A strict scanner for delimited text. It finds where rows start and which rows cannot be read,
 * byte by byte and without making strings, so that a faster reader may take the rest unseen:
 * what this scanner lets through has the right number of columns, closed quotes and valid text.
 *
 * Grammar: RFC 4180 with `"` as quote. A quote inside an unquoted field is an ordinary character.
 */

/** A row that cannot be read. `start` and `end` are byte offsets, the line break included. @beta */
export interface BadRow {
  /** Physical line on which the row starts, from 1. */
  line: number;
  start: number;
  end: number;
  reason: string;
}

/** From data row `row` (from 0, bad rows not counted) on, a row stands on line `row + delta`. @beta */
export interface LineStep {
  row: number;
  delta: number;
}

/** What a scan found beside the rows. @beta */
export interface ScanResult {
  /** Columns of the header. */
  columns: number;
  /** Bytes of the header, without its line break; absent in a file without a row. */
  header?: { start: number; end: number; line: number };
  /** Good rows below the header. */
  rows: number;
  bad: BadRow[];
  /** Byte ranges of blank lines. */
  blank: { start: number; end: number }[];
  /** Byte ranges of rows of nothing but delimiters, as spreadsheets leave them; they count as blank. */
  empty: { start: number; end: number }[];
  steps: LineStep[];
  /** Rows whose bytes are not UTF-8. They are among the good rows unless `refuseInvalidText` was set. */
  invalidText: number;
  /** Whether a character beyond ASCII stands there as valid UTF-8. */
  multibyte: boolean;
  breaks: { lf: number; crlf: number; cr: number };
}

/** How a CSV text is written, and where it begins. @beta */
export interface ScanOptions {
  /** One ASCII character. */
  delimiter: string;
  /** First byte of the text, after a byte order mark. Default 0. */
  start?: number;
  /** A lone carriage return ends a row, as in files of old Macintosh programs. Default false. */
  crBreaks?: boolean;
  /** Refuse rows whose bytes are not UTF-8. Default false: only count them. */
  refuseInvalidText?: boolean;
  /** The longest row read, in bytes. Default 2,000,000. */
  maxRowBytes?: number;
}

/** The most bytes of one row: 2 MB. A quote that nobody closed ends there. @beta */
export const DEFAULT_MAX_ROW_BYTES = 2_000_000;

const ORDINARY = 0;
const DELIMITER = 1;
const QUOTE = 2;
const LF = 3;
const CR = 4;
const NUL = 5;
const HIGH = 6;

const AT_START = 0;
const UNQUOTED = 1;
const QUOTED = 2;
/** Directly after a quote that closed a field, or is the first of an escaped pair. */
const CLOSED = 3;
/** The row is bad; its rest is passed over. */
const SKIPPING = 4;

const unclosed = 'a quote is opened and never closed';
const afterQuote = 'text follows a closing quote';

/**
 * Scans a file given in chunks. `scan` takes the bytes at an offset and returns the offset to go
 * on from, which lies before the end of the chunk when a stray quote has swallowed lines: then
 * only the first of them is refused and the others are read again.
 * @beta
 */
export class CsvScanner {
  readonly #classes = new Uint8Array(256);
  readonly #crBreaks: boolean;
  readonly #refuseInvalid: boolean;
  readonly #maxRow: number;
  readonly #result: ScanResult = {
    columns: 0,
    rows: 0,
    bad: [],
    blank: [],
    empty: [],
    steps: [],
    invalidText: 0,
    multibyte: false,
    breaks: { lf: 0, crlf: 0, cr: 0 },
  };

  #state = AT_START;
  #rowStart: number;
  #rowLine = 1;
  #line = 1;
  #fields = 1;
  #reason = '';
  /** Offset after the first line break inside the row's quotes; -1 when there is none. */
  #secondLine = -1;
  #pendingCr = false;
  /** Offset to read again from; -1 when reading goes on. */
  #resume = -1;
  /** Continuation bytes still due, and the range the next one must lie in. */
  #due = 0;
  #low = 0x80;
  #high = 0xbf;
  #invalid = false;

  constructor(options: ScanOptions) {
    const delimiter = options.delimiter.charCodeAt(0);
    if (options.delimiter.length !== 1 || delimiter > 127 || delimiter === 0 || '"\r\n'.includes(options.delimiter)) {
      throw new RangeError(
        `delimiter: ${JSON.stringify(options.delimiter)} is not one ASCII character other than a quote or line break`,
      );
    }
    this.#classes.fill(HIGH, 128);
    this.#classes[delimiter] = DELIMITER;
    this.#classes[0x22] = QUOTE;
    this.#classes[0x0a] = LF;
    this.#classes[0x0d] = CR;
    this.#classes[0] = NUL;
    this.#crBreaks = options.crBreaks ?? false;
    this.#refuseInvalid = options.refuseInvalidText ?? false;
    this.#maxRow = options.maxRowBytes ?? DEFAULT_MAX_ROW_BYTES;
    this.#rowStart = options.start ?? 0;
  }

  /** Reads `chunk`, which stands at `offset` of the file; `last` when the file ends with it. */
  scan(chunk: Uint8Array, offset: number, last: boolean): number {
    const classes = this.#classes;
    const length = chunk.length;
    let i = 0;
    while (i < length) {
      if (this.#due > 0) i = this.#continueCharacter(chunk, i);
      if (this.#pendingCr && i < length) i = this.#afterCr(chunk, i, offset);
      if (i < length && classes[chunk[i] ?? 0] === ORDINARY && this.#state !== CLOSED) {
        if (this.#state === AT_START) this.#state = UNQUOTED;
        i += 1;
        while (i < length && classes[chunk[i] ?? 0] === ORDINARY) i += 1;
      }
      if (this.#state !== SKIPPING && offset + i - this.#rowStart > this.#maxRow) this.#refuse(this.#longReason());
      if (this.#resume < 0 && i < length) {
        const kind = classes[chunk[i] ?? 0] ?? ORDINARY;
        this.#step(kind, offset + i);
        if (kind === HIGH) this.#startCharacter(chunk[i] ?? 0);
        i += 1;
      }
      if (this.#resume >= 0) return this.#takeResume();
    }
    if (!last) return offset + length;
    this.#finish(offset + length);
    return this.#resume >= 0 ? this.#takeResume() : offset + length;
  }

  /** What was found, after the last chunk. */
  result(): ScanResult {
    return this.#result;
  }

  #takeResume(): number {
    const resume = this.#resume;
    this.#resume = -1;
    return resume;
  }

  /** Takes the byte at offset `at`, which is special or follows a closing quote. */
  #step(kind: number, at: number): void {
    if (kind === LF) this.#lineBreak(at + 1, 'lf', at);
    else if (kind === CR) this.#pendingCr = this.#state !== QUOTED || this.#crBreaks;
    else if (this.#state === SKIPPING) return;
    else if (kind === NUL) this.#refuse('a NUL character stands in the row');
    else if (this.#state === QUOTED) {
      if (kind === QUOTE) this.#state = CLOSED;
    } else if (kind === DELIMITER) this.#nextField();
    else if (this.#state === CLOSED) {
      if (kind === QUOTE) this.#state = QUOTED;
      else this.#refuse(afterQuote);
    } else if (kind === QUOTE && this.#state === AT_START) this.#state = QUOTED;
    else this.#state = UNQUOTED;
  }

  #nextField(): void {
    this.#fields += 1;
    this.#state = AT_START;
  }

  /** A carriage return was seen; the byte at `i` says what it was. Returns where to go on. */
  #afterCr(chunk: Uint8Array, i: number, offset: number): number {
    this.#pendingCr = false;
    if (chunk[i] === 0x0a && !this.#crBreaks) {
      this.#lineBreak(offset + i + 1, 'crlf', offset + i - 1);
      return i + 1;
    }
    this.#loneCr(offset + i);
    return i;
  }

  #loneCr(next: number): void {
    if (this.#crBreaks) this.#lineBreak(next, 'cr', next - 1);
    else if (this.#state !== SKIPPING) this.#refuse('a carriage return stands inside the line');
  }

  #lineBreak(next: number, kind: 'lf' | 'crlf' | 'cr', end: number): void {
    this.#line += 1;
    if (this.#state === QUOTED) {
      if (this.#secondLine < 0) this.#secondLine = next;
      return;
    }
    this.#result.breaks[kind] += 1;
    this.#endRow(end, next);
  }

  #endRow(end: number, next: number): void {
    const result = this.#result;
    if (this.#due > 0) this.#invalid = true;
    if (this.#state === SKIPPING) {
      result.bad.push({ line: this.#rowLine, start: this.#rowStart, end: next, reason: this.#reason });
    } else if (end === this.#rowStart) {
      result.blank.push({ start: this.#rowStart, end: next });
    } else if (this.#invalid && this.#refuseInvalid) {
      result.bad.push({ line: this.#rowLine, start: this.#rowStart, end: next, reason: 'the text is not UTF-8' });
    } else if (result.header === undefined) {
      result.header = { start: this.#rowStart, end, line: this.#rowLine };
      result.columns = this.#fields;
      if (this.#invalid) result.invalidText += 1;
    } else if (end - this.#rowStart === this.#fields - 1) {
      result.empty.push({ start: this.#rowStart, end: next });
    } else if (this.#fields !== result.columns) {
      const reason = `${this.#fields} ${this.#fields === 1 ? 'column' : 'columns'} where the header has ${result.columns}`;
      result.bad.push({ line: this.#rowLine, start: this.#rowStart, end: next, reason });
    } else {
      const delta = this.#rowLine - result.rows;
      if (result.steps.at(-1)?.delta !== delta) result.steps.push({ row: result.rows, delta });
      result.rows += 1;
      if (this.#invalid) result.invalidText += 1;
    }
    this.#startRow(next, this.#line);
  }

  #startRow(offset: number, line: number): void {
    this.#state = AT_START;
    this.#rowStart = offset;
    this.#rowLine = line;
    this.#line = line;
    this.#fields = 1;
    this.#secondLine = -1;
    this.#due = 0;
    this.#invalid = false;
    this.#pendingCr = false;
  }

  #longReason(): string {
    return this.#secondLine >= 0
      ? `a quote is opened and not closed within ${this.#maxRow} bytes`
      : `the row is longer than ${this.#maxRow} bytes`;
  }

  /**
   * The row is bad. When quotes have carried it over a line break only its first line is refused
   * and reading resumes at its second; else the rest of the line is passed over.
   */
  #refuse(reason: string): void {
    if (this.#secondLine >= 0) {
      const second = this.#secondLine;
      const said = reason === afterQuote ? unclosed : reason;
      this.#result.bad.push({ line: this.#rowLine, start: this.#rowStart, end: second, reason: said });
      this.#startRow(second, this.#rowLine + 1);
      this.#resume = second;
      return;
    }
    this.#reason = reason;
    this.#state = SKIPPING;
  }

  #finish(end: number): void {
    if (this.#pendingCr) {
      this.#pendingCr = false;
      this.#loneCr(end);
    }
    if (this.#resume >= 0 || this.#rowStart >= end) return;
    if (this.#state === QUOTED) this.#refuse(unclosed);
    if (this.#resume < 0) this.#endRow(end, end);
  }

  /** The first byte of a character beyond ASCII (Unicode 17, table 3-7). */
  #startCharacter(byte: number): void {
    this.#low = 0x80;
    this.#high = 0xbf;
    if (byte >= 0xc2 && byte <= 0xdf) this.#due = 1;
    else if (byte >= 0xe0 && byte <= 0xef) {
      this.#due = 2;
      if (byte === 0xe0) this.#low = 0xa0;
      if (byte === 0xed) this.#high = 0x9f;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      this.#due = 3;
      if (byte === 0xf0) this.#low = 0x90;
      if (byte === 0xf4) this.#high = 0x8f;
    } else this.#invalid = true;
  }

  #continueCharacter(chunk: Uint8Array, from: number): number {
    let i = from;
    while (this.#due > 0 && i < chunk.length) {
      const byte = chunk[i] ?? 0;
      if (byte < this.#low || byte > this.#high) {
        this.#invalid = true;
        this.#due = 0;
        return i;
      }
      this.#low = 0x80;
      this.#high = 0xbf;
      this.#due -= 1;
      i += 1;
      if (this.#due === 0) this.#result.multibyte = true;
    }
    return i;
  }
}

/** The physical line of good data row `row`, from 0. @beta */
export function lineOf(steps: readonly LineStep[], row: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((steps[middle]?.row ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return row + (steps[low]?.delta ?? 0);
}

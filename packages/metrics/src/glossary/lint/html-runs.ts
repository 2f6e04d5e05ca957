import { Tokenizer } from 'htmlparser2';
import { CODE, ENDED_BY, FOREIGN, HTML_AGAIN, isInline, QUOTED, UNREAD, VOID } from './html-elements.ts';
import { primaryLanguage } from './lexicon.ts';
import { BLOCK_END, MASKED } from './mask.ts';

/** A piece of a run and the stretch of the source it stands for. */
interface Piece {
  /** Offset in the text of the run. */
  at: number;
  start: number;
  end: number;
  /** One source character for each of the text; false for a decoded entity. */
  literal: boolean;
}

/** Text of one language, as it is read: tags left out, entities decoded, blocks apart. */
export interface Run {
  lang: string;
  text: string;
  pieces: Piece[];
}

interface Open {
  name: string;
  lang: string;
  skipped: boolean;
  /** Within SVG or MathML, where other elements hold raw text and a slash ends an element. */
  foreign: boolean;
}

export interface HtmlOptions {
  lang: string;
  code: boolean;
  quotes: boolean;
}

/**
 * Reads the text of an HTML source. Never builds or runs anything of it, and keeps no more than the names
 * of the open elements; time grows with the length of the source, however the elements are nested.
 */
class TextReader {
  readonly runs: Run[] = [];
  readonly #source: string;
  readonly #options: HtmlOptions;
  readonly #open: Open[] = [];
  /** How many elements of a name are open, to tell an end tag without a beginning at once. */
  readonly #count = new Map<string, number>();
  #text: string[] = [];
  #length = 0;
  #run: Run | null = null;
  #tag = '';
  #attribute = '';
  #value = '';
  #lang: string | null = null;
  #untranslated = false;

  constructor(source: string, options: HtmlOptions) {
    this.#source = source;
    this.#options = options;
  }

  ontext(start: number, end: number): void {
    // A line end within a paragraph of HTML is a blank.
    this.#append(this.#source.slice(start, end).replace(/[\n\r]/g, ' '), start, end, true);
  }

  ontextentity(codepoint: number, end: number): void {
    const start = this.#source.lastIndexOf('&', end - 1);
    this.#append(String.fromCodePoint(codepoint), start, end, false);
  }

  onopentagname(start: number, end: number): void {
    this.#tag = this.#source.slice(start, end).toLowerCase();
    [this.#lang, this.#untranslated] = [null, false];
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#source.slice(start, end).toLowerCase();
    this.#value = '';
  }

  onattribdata(start: number, end: number): void {
    if (this.#attribute === 'lang' || this.#attribute === 'translate') this.#value += this.#source.slice(start, end);
  }

  onattribentity(codepoint: number): void {
    this.#value += String.fromCodePoint(codepoint);
  }

  onattribend(): void {
    // Of an attribute written twice the first counts.
    if (this.#attribute === 'lang') this.#lang ??= primaryLanguage(this.#value.trim());
    if (this.#attribute === 'translate') this.#untranslated ||= this.#value.trim().toLowerCase() === 'no';
  }

  onopentagend(): void {
    const name = this.#tag;
    this.#endImplied(name);
    this.#border(name);
    if (VOID.has(name)) return;
    const lang = this.#lang ?? this.#inner.lang;
    const skipped = this.#inner.skipped || this.#skips(name);
    const foreign = FOREIGN.has(name) || (this.#inner.foreign && !HTML_AGAIN.has(name));
    this.#open.push({ name, lang: lang === '' ? this.#options.lang : lang, skipped, foreign });
    this.#count.set(name, (this.#count.get(name) ?? 0) + 1);
  }

  onselfclosingtag(): void {
    const foreign = this.#inner.foreign || FOREIGN.has(this.#tag);
    this.onopentagend();
    if (foreign) this.#close(this.#tag);
  }

  isInForeignContext(): boolean {
    return this.#inner.foreign;
  }

  onclosetag(start: number, end: number): void {
    this.#close(this.#source.slice(start, end).toLowerCase());
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  oncdata(start: number, end: number, offset: number): void {
    this.ontext(start, end - offset);
  }
  onend(): void {
    this.#finishRun();
  }

  get #inner(): Open {
    return this.#open.at(-1) ?? { name: '', lang: this.#options.lang, skipped: false, foreign: false };
  }

  #skips(name: string): boolean {
    if (UNREAD.has(name)) return true;
    if (!this.#options.code && (CODE.has(name) || this.#untranslated)) return true;
    return !this.#options.quotes && QUOTED.has(name);
  }

  #endImplied(name: string): void {
    let top = this.#open.at(-1);
    while (top !== undefined && ENDED_BY.get(top.name)?.has(name) === true) {
      this.#pop(top);
      top = this.#open.at(-1);
    }
  }

  #close(name: string): void {
    if ((this.#count.get(name) ?? 0) === 0) {
      this.#border(name);
      return;
    }
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      this.#pop(top);
      if (top.name === name) return;
    }
  }

  #pop(top: Open): void {
    this.#open.pop();
    this.#count.set(top.name, (this.#count.get(top.name) ?? 1) - 1);
    this.#border(top.name);
    // What was left out stands between the words around it.
    if (top.skipped && !this.#inner.skipped) this.#mark(MASKED);
  }

  #border(name: string): void {
    if (!isInline(name)) this.#mark(BLOCK_END);
  }

  #mark(sign: string): void {
    if (this.#run === null || this.#text.at(-1) === sign) return;
    this.#text.push(sign);
    this.#length += sign.length;
  }

  #append(text: string, start: number, end: number, literal: boolean): void {
    const { lang, skipped } = this.#inner;
    if (skipped || text === '') return;
    if (this.#run?.lang !== lang) {
      this.#finishRun();
      this.#run = { lang, text: '', pieces: [] };
    }
    this.#run.pieces.push({ at: this.#length, start, end, literal });
    this.#text.push(text);
    this.#length += text.length;
  }

  #finishRun(): void {
    if (this.#run !== null) this.runs.push({ ...this.#run, text: this.#text.join('') });
    [this.#run, this.#text, this.#length] = [null, [], 0];
  }
}

/** The runs of text in an HTML source, in its order. A change of language begins another run. */
export function htmlRuns(source: string, options: HtmlOptions): Run[] {
  const reader = new TextReader(source, options);
  const tokenizer = new Tokenizer({}, reader);
  tokenizer.write(source);
  tokenizer.end();
  return reader.runs;
}

/** The stretch of the source behind a stretch of a run. */
export function sourceSpan(run: Run, from: number, to: number): { start: number; end: number } {
  const first = pieceAt(run, from);
  const last = pieceAt(run, to - 1);
  return {
    start: first.literal ? first.start + (from - first.at) : first.start,
    end: last.literal ? last.start + (to - last.at) : last.end,
  };
}

function pieceAt({ pieces }: Run, at: number): Piece {
  let [low, high] = [0, pieces.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((pieces[middle]?.at ?? Infinity) <= at) low = middle;
    else high = middle;
  }
  const piece = pieces[low];
  if (piece === undefined) throw new RangeError(`offset ${at} lies outside the run`);
  return piece;
}

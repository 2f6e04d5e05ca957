import type { TemplateResult } from 'lit/html.js';

/** An attribute of a template: texts with a value between each two of them, the first of which is `values[at]`. */
export interface TemplateAttribute {
  /** With `.`, `?` or `@` where the template has them. */
  name: string;
  texts: readonly string[];
  at: number;
}

/** What a template is made of, in order. */
export type Piece =
  | { kind: 'text'; html: string }
  | { kind: 'value'; at: number }
  | { kind: 'open'; name: string; attributes: readonly TemplateAttribute[]; empty: boolean }
  | { kind: 'close'; name: string };

export const isTemplate = (value: unknown): value is TemplateResult =>
  typeof value === 'object' && value !== null && 'strings' in value && 'values' in value;

/** Stands for a value while a template is read; no template holds it. */
const HOLE = '\u{F0000}';
const TAG = /<!--[^]*?-->|<(\/?)([a-z][^\s/>]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/giu;
const ATTRIBUTE = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
/** Elements without an end tag. */
const VOID = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;
/** Elements whose content is not markup, so that a value in them would have to be escaped otherwise. */
const RAW = /^(script|style|textarea|title|template|iframe|noscript|xmp)$/i;

const read = new WeakMap<readonly string[], readonly Piece[]>();

/** Takes a template's strings apart, once. */
export function piecesOf(strings: readonly string[]): readonly Piece[] {
  const known = read.get(strings);
  if (known !== undefined) return known;
  const pieces = take(strings.join(HOLE));
  read.set(strings, pieces);
  return pieces;
}

/** @throws Error for a value where none can be written down safely. */
function take(source: string): Piece[] {
  const pieces: Piece[] = [];
  let values = 0;
  let end = 0;
  let inside = '';
  const text = (html: string): void => {
    html.split(HOLE).forEach((part, i) => {
      if (i > 0 && inside !== '') throw new Error(`a template has a value in <${inside}>`);
      if (i > 0) pieces.push({ kind: 'value', at: values++ });
      if (part !== '') pieces.push({ kind: 'text', html: part });
    });
  };
  for (const match of source.matchAll(TAG)) {
    const [whole, slash, name, rest = ''] = match;
    text(source.slice(end, match.index));
    end = match.index + whole.length;
    if (name === undefined) {
      values += whole.split(HOLE).length - 1;
    } else if (name.includes(HOLE)) {
      throw new Error('a template has a value for the name of a tag');
    } else if (slash !== '') {
      inside = '';
      pieces.push({ kind: 'close', name });
    } else {
      const attributes = attributesIn(rest, values);
      values += rest.split(HOLE).length - 1;
      const empty = VOID.test(name) || rest.endsWith('/');
      if (RAW.test(name) && !empty) inside = name;
      pieces.push({ kind: 'open', name, attributes, empty });
    }
  }
  text(source.slice(end));
  return pieces;
}

function attributesIn(text: string, from: number): TemplateAttribute[] {
  let at = from;
  return [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single, bare]) => {
    if (name.includes(HOLE)) throw new Error('a template has a value for the name of an attribute');
    const attribute = { name, texts: (double ?? single ?? bare ?? '').split(HOLE), at };
    at += attribute.texts.length - 1;
    return attribute;
  });
}

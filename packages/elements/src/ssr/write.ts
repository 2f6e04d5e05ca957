import { noChange, nothing, type TemplateResult } from 'lit/html.js';
import type { ElementClass } from '../elements.ts';
import { SamaProvider } from '../provider/provider.ts';
import { classOf, serve, type Surroundings } from './element.ts';
import { escapeHtml } from './escape.ts';
import { drawnOf } from './later.ts';
import { sheetOf } from './sheet.ts';
import { isTemplate, piecesOf, type TemplateAttribute } from './template.ts';

/** Where style sheets stand: in the page, or in files of these addresses by tag. */
export type Sheets = 'inline' | ((tag: string) => string);

/** Writes templates as HTML, in the order a page has them. */
export class Writer {
  /** What was written. */
  html = '';
  readonly #sheets: Sheets;
  /** Elements that are open, and what holds in each. */
  readonly #open: { name: string; place: Surroundings }[] = [];
  readonly #outside: Surroundings;

  constructor(outside: Surroundings, sheets: Sheets) {
    this.#outside = outside;
    this.#sheets = sheets;
  }

  get #place(): Surroundings {
    return this.#open.at(-1)?.place ?? this.#outside;
  }

  /** Writes what may stand between tags: a template, text, a list of both, or nothing. */
  async value(value: unknown): Promise<void> {
    if (value === nothing || value === noChange || value === null || value === undefined) return;
    if (isTemplate(value)) return this.template(value);
    if (Array.isArray(value)) {
      for (const item of value) await this.value(item);
      return;
    }
    this.html += escapeHtml(textOf(value));
  }

  async template({ strings, values }: TemplateResult): Promise<void> {
    const pieces = piecesOf(strings);
    for (const [i, piece] of pieces.entries()) {
      if (piece.kind === 'text') this.html += piece.html;
      else if (piece.kind === 'value') await this.value(values[piece.at]);
      else if (piece.kind === 'close') this.#close(piece.name);
      else {
        const { attributes, properties } = bound(piece.attributes, values);
        const next = pieces.slice(i + 1).find((one) => one.kind !== 'text' || one.html.trim() !== '');
        await this.open(piece.name, attributes, properties, next?.kind !== 'close');
        if (piece.empty) this.#open.pop();
      }
    }
  }

  /** Writes a start tag, and what a server draws in the element. */
  async open(
    name: string,
    attributes: ReadonlyMap<string, string>,
    properties: ReadonlyMap<string, unknown>,
    holds = false,
  ): Promise<void> {
    const [lang, dir] = [attributes.get('lang'), attributes.get('dir')];
    const outer = this.#place;
    const place = {
      ...outer,
      ...(lang === undefined ? {} : { lang }),
      ...(dir === undefined ? {} : { rtl: dir === 'rtl' }),
    };
    this.#open.push({ name, place });
    const of = classOf(name);
    if (of === undefined) {
      const { shown, content } = asHtml(name, attributes, properties);
      this.html += startTag(name, shown) + escapeHtml(content);
      return;
    }
    const { element, script, end } = await serve(of, attributes, properties, place);
    if (element instanceof SamaProvider) {
      place.settings = { ...place.settings, ...element.settings };
      place.source = element.source ?? (element.src ? undefined : place.source);
    }
    this.html += startTag(name, attributes);
    // What the page says in HTML, such as a table, is read by the browser; until then it is shown as it is. Words of a
    // text stay in it.
    const inline = !('data' in of.properties) && !(element instanceof SamaProvider);
    if (script !== '' || !holds || inline) await this.#root(name, of, drawnOf(element));
    end();
    if (script !== '') this.html += `<script type="application/json">${script}</script>`;
  }

  async #root(tag: string, of: ElementClass, drawn: TemplateResult): Promise<void> {
    const sheets = this.#sheets;
    const sheet =
      sheets === 'inline'
        ? `<style>${sheetOf(of).text}</style>`
        : startTag(
            'link',
            new Map([
              ['rel', 'stylesheet'],
              ['href', sheets(tag)],
            ]),
          );
    this.html += `<template shadowrootmode="open">${sheet}`;
    await this.value(drawn);
    this.html += '</template>';
  }

  #close(name: string): void {
    const at = this.#open.findLastIndex((one) => one.name === name);
    if (at >= 0) this.#open.length = at;
    this.html += `</${name}>`;
  }
}

/** @throws Error for what lit-html would not show as text either. */
function textOf(value: unknown): string {
  if (typeof value === 'object' || typeof value === 'function')
    throw new Error('a template has a value that is no text');
  return String(value);
}

const DECODED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decoded = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => DECODED[name] ?? '');

/** Attributes and properties of a tag in a template, with its values. */
function bound(
  written: readonly TemplateAttribute[],
  values: readonly unknown[],
): { attributes: Map<string, string>; properties: Map<string, unknown> } {
  const attributes = new Map<string, string>();
  const properties = new Map<string, unknown>();
  for (const { name, texts, at } of written) {
    const given = values.slice(at, at + texts.length - 1);
    const [kind, key] = [name.slice(0, 1), name.slice(1)];
    if (kind === '@') continue;
    if (kind === '.') properties.set(key, given[0] === nothing ? undefined : given[0]);
    else if (kind === '?') {
      if (given[0] !== nothing && given[0]) attributes.set(key, '');
    } else if (!given.some((value) => value === nothing || value === noChange))
      attributes.set(
        name,
        texts.map((text, i) => decoded(text) + (i < given.length ? textOf(given[i] ?? '') : '')).join(''),
      );
  }
  return { attributes, properties };
}

/**
 * Properties of a plain element in HTML.
 *
 * @throws Error for one that HTML has no way to say.
 */
function asHtml(
  tag: string,
  attributes: ReadonlyMap<string, string>,
  properties: ReadonlyMap<string, unknown>,
): { shown: ReadonlyMap<string, string>; content: string } {
  const shown = new Map(attributes);
  let content = '';
  for (const [name, value] of properties) {
    const text = textOf(value ?? '');
    if (name === 'textContent' || (name === 'value' && tag === 'textarea')) content = text;
    else if (name === 'value' && tag === 'input') shown.set(name, text);
    else if (name === 'checked' && tag === 'input') {
      if (value) shown.set(name, '');
    } else throw new Error(`a server cannot write the property ${name} of <${tag}>`);
  }
  return { shown, content };
}

const startTag = (name: string, attributes: ReadonlyMap<string, string>): string =>
  `<${name}${Array.from(attributes, ([key, value]) => ` ${key}${value === '' ? '' : `="${escapeHtml(value)}"`}`).join('')}>`;

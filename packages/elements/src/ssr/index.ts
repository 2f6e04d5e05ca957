import type { DataSource } from '@sama/metrics/contracts';
import type { TemplateResult } from 'lit/html.js';
import { classOf } from './element.ts';
import { sheetOf } from './sheet.ts';
import { type Sheets, Writer } from './write.ts';

export { runsFromRight } from './direction.ts';
export { renderPicture, type PictureOptions, type ServedPicture } from './picture.ts';

/** Where and how elements are served. @beta */
export interface ServeOptions {
  /** BCP 47, as `lang` of the page. Default: English. */
  locale?: string;
  /** Whether the page runs from the right. Default: no. */
  rtl?: boolean;
  /** CSS pixels an element will have, where that is known. Default: 960. What is served fits other widths too. */
  width?: number;
  /** Default: a `<style>` in each element. A function gives the address of a file with `styleSheet(tag)` in it. */
  sheets?: Sheets;
  /** Ends the waiting for sources; what is not there by then is asked by the browser. */
  signal?: AbortSignal;
}

/** What one element is served from. @beta */
export interface ElementOptions extends ServeOptions {
  attributes?: Readonly<Record<string, string>>;
  /** An envelope, or whatever the element takes as `data`. */
  data?: unknown;
  /** Asked once when there is no `data`. */
  source?: DataSource;
}

const WIDTH = 960;
/** What a page may say of any element; scripts and styles in attributes are not for a strict page. */
const NAME = /^(?!on|style$)[a-z][a-z0-9-]*$/;

const writerFor = ({ locale = '', rtl = false, width = WIDTH, sheets = 'inline', signal }: ServeOptions): Writer =>
  new Writer({ lang: locale, rtl, width, settings: {}, source: undefined, signal }, sheets);

/**
 * Renders an element as HTML with a declarative shadow root, which shows without a script. When the
 * script of the element comes, it takes over with the data from its own JSON script and asks nobody again.
 *
 * @throws Error for a tag that is not Sama's, and for an attribute that may run or style something.
 * @beta
 */
export async function renderToString(tag: string, options: ElementOptions = {}): Promise<string> {
  if (classOf(tag) === undefined) throw new Error(`<${tag}> is no element of Sama`);
  const { attributes = {}, data, source } = options;
  for (const name of Object.keys(attributes))
    if (!NAME.test(name)) throw new Error(`the attribute ${name} is not written`);
  const writer = writerFor(options);
  await writer.open(tag, new Map(Object.entries(attributes)), new Map(Object.entries({ data, source })));
  return `${writer.html}</${tag}>`;
}

/**
 * Renders a lit-html template with elements of Sama in it, nested as the page likes. Their properties
 * `data` and `source` are served as JSON; a provider speaks for the elements in it.
 *
 * @throws Error for a template with a value where none can be written safely.
 * @beta
 */
export async function renderTemplate(template: TemplateResult, options: ServeOptions = {}): Promise<string> {
  const writer = writerFor(options);
  await writer.template(template);
  return writer.html;
}

/**
 * The style sheet an element is served with, for a file; and its hash for a policy that allows it in
 * the page: `style-src 'sha256-…'`.
 *
 * @throws Error for a tag that is not Sama's.
 * @beta
 */
export function styleSheet(tag: string): { text: string; hash: string } {
  const of = classOf(tag);
  if (of === undefined) throw new Error(`<${tag}> is no element of Sama`);
  return sheetOf(of);
}

/**
 * The attributes a tag of Sama has; undefined for another tag.
 *
 * @beta
 */
export const attributesOf = (tag: string): readonly string[] | undefined => classOf(tag)?.observedAttributes;

import { createHash } from 'node:crypto';
import { styleSheet } from '@sama/elements/ssr';
import type { Envelope } from '@sama/metrics/contracts';
import { html, raw } from 'hono/html';
import type { ElementFiles } from './element-files.ts';
import { discovery } from './oembed.ts';
import { WIDGETS, type Said, type Widget } from './embed-said.ts';
import { framedBy, policy } from './pages.ts';

const PAGE_STYLE = 'body { margin: 0; font-family: system-ui, sans-serif } [hidden] { display: none }';

/** What stands in an embed page. */
interface EmbedPage {
  said: Said;
  /** The widget. */
  html: string;
  answers: readonly Envelope[];
  /** Origins of pages the frame may stand in. */
  hosts: readonly string[];
  elements: ElementFiles;
  /** Where the page stands, when it may be embedded by whoever has this address. */
  address: string | undefined;
  /** Whom the widget asks for more: the server by itself, with tokens of the page around, or nobody. */
  asks: 'itself' | 'host' | 'never';
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing but the server's own scripts, and the style sheets of the page and of its widget by their hashes. */
export function pagePolicy(widget: Widget, hosts: readonly string[]): string {
  return policy({
    'style-src': `${hashOf(PAGE_STYLE)} '${styleSheet(WIDGETS[widget].tag).hash}'`,
    'frame-ancestors': framedBy(hosts),
  });
}

/** A page with one widget, or a line that says what it waits for. */
export function embedPage({ said, html: widget, answers, hosts, elements, address, asks }: EmbedPage) {
  const { tag, file } = WIDGETS[said.widget];
  const language = said.locale.split('-')[0] ?? 'en';
  const files = ['sama-served.js', `sama-locale-${language}.js`, file].flatMap((name) =>
    elements.listed.filter(({ path }) => path === name),
  );
  const waits = answers.length === 0 && asks === 'host';
  // Columns are as wide as their texts: a page painted with half of its rows would move when the others come.
  return html`<!doctype html>
    <html lang="${said.locale}" dir="${said.rtl ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="expect" href="#drawn" blocking="render" />
        <title>${titleOf(said, answers)}</title>
        ${raw(address === undefined ? '' : discovery(address))} ${raw(`<style>${PAGE_STYLE}</style>`)}
        <script
          defer
          src="/embed/frame.js"
          data-tag="${tag}"
          data-asks="${asks}"
          data-hosts="${hosts.join(' ')}"
        ></script>
        ${files.map(({ url, integrity }) => html`<script defer src="${url}" integrity="${integrity}" crossorigin="anonymous"></script>`)}
      </head>
      <body>
        ${waits ? html`<p id="waits" lang="en" dir="ltr">These numbers are shown once the page around has signed you in. Reload that page if they do not come.</p>` : ''}
        ${raw(widget)}
        <span id="drawn" hidden></span>
      </body>
    </html> `;
}

/** What the widget is called, else what its answer is about. */
function titleOf({ attributes, widget }: Said, answers: readonly Envelope[]): string {
  const [label] = answers.flatMap(({ data }) => (data !== undefined && 'label' in data ? [data.label] : []));
  return attributes['label'] || label || `Sama ${widget}`;
}

import { Hono } from 'hono';
import { FUNNEL_FILE, type ElementFiles } from './element-files.ts';
import type { ServedFile } from './folder.ts';

/** Host pages that show the elements, served beside them. @beta */
export interface Pages {
  files: ReadonlyMap<string, ServedFile>;
  /** The port of the server that has the elements and the data; default: the one of the request. */
  samaPort?: number;
  /** The port of the pages of the other origin, for links. */
  partnerPort?: number;
}

/** What a page's placeholders stand for. */
interface Filling {
  origin: string;
  version: string;
  /** Of a file of the elements; empty when there is none of this name. */
  integrity: (file: string) => string;
  partner: string;
}

/** This server, in a policy. */
const OWN = "'self'";

/**
 * Static pages under a policy that allows nothing inline and no source but Sama. `{{sama.origin}}`,
 * `{{sama.version}}`, `{{sama.integrity}}` (of the funnel; `{{sama.integrity:FILE}}` of another file) and
 * `{{sama.partner}}` in HTML are filled in. Nobody may frame them.
 */
export function pageRoutes(pages: Pages, elements: ElementFiles): Hono {
  const app = new Hono();
  const integrity = (file: string): string => elements.listed.find(({ path }) => path === file)?.integrity ?? '';
  app.get('/:path{.*}', (c) => {
    const asked = c.req.param('path');
    const file = pages.files.get(asked === '' ? 'index.html' : asked) ?? pages.files.get(`${asked}.html`);
    if (file === undefined) return c.notFound();
    const url = new URL(c.req.url);
    const at = (port: number | undefined): string =>
      port === undefined ? url.origin : `${url.protocol}//${url.hostname}:${port}`;
    const filling = {
      origin: at(pages.samaPort),
      version: elements.version,
      integrity,
      partner: at(pages.partnerPort),
    };
    c.header('Content-Type', file.type);
    c.header('Cache-Control', 'no-cache');
    c.header('Cross-Origin-Resource-Policy', 'same-origin');
    c.header('Referrer-Policy', 'no-referrer');
    if (!file.type.startsWith('text/html')) return c.body(file.body);
    const sama = filling.origin === url.origin ? OWN : filling.origin;
    c.header(
      'Content-Security-Policy',
      policy({
        'script-src': sama,
        'connect-src': sama,
        'frame-src': OWN,
      }),
    );
    return c.body(fill(new TextDecoder().decode(file.body), filling));
  });
  return app;
}

/** An origin a policy can name: none by a number of IPv6 (CSP 3, `host-source`). */
const NAMEABLE = /^https?:\/\/[a-z0-9.-]+(:\d+)?$/;

/** In frames of pages of these origins, and of this server's own. */
export const framedBy = (origins: readonly string[]): string =>
  [OWN, ...origins.filter((origin) => NAMEABLE.test(origin))].join(' ');

/** Allows nothing inline, no source but this server and no frame around, but for what is said here. */
export function policy(changes: Readonly<Record<string, string>>): string {
  const directives = {
    'default-src': "'none'",
    'script-src': OWN,
    'connect-src': OWN,
    'style-src': OWN,
    'img-src': OWN,
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': "lit-html 'allow-duplicates'",
    ...changes,
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

function fill(html: string, filling: Filling): string {
  return html
    .replaceAll('{{sama.origin}}', filling.origin)
    .replaceAll('{{sama.version}}', filling.version)
    .replaceAll(/\{\{sama\.integrity(?::([\w.-]+))?\}\}/g, (_, file: string = FUNNEL_FILE) => filling.integrity(file))
    .replaceAll('{{sama.partner}}', filling.partner);
}

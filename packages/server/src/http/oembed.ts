import { Hono, type Context } from 'hono';
import * as z from 'zod/mini';
import type { Snapshot, Snapshots } from '../snapshots/store.ts';
import { refusal } from './refusal.ts';
import { xmlText } from './xml-text.ts';

/** CSS pixels of a frame, unless it has to be smaller. */
const [WIDTH, HEIGHT] = [760, 640];
/** Seconds an answer may be kept: a snapshot may be taken back. */
const KEEP = 300;

/** The answer, in the words of oEmbed 1.0. */
export const OEmbedAnswer = z.strictObject({
  type: z.literal('rich'),
  version: z.literal('1.0'),
  title: z.string(),
  provider_name: z.literal('Sama'),
  provider_url: z.string(),
  cache_age: z.int(),
  html: z.string(),
  width: z.int(),
  height: z.int(),
});
type OEmbedAnswer = z.infer<typeof OEmbedAnswer>;

type Refused = { status: 401 | 404 | 422 | 501; message: string };
const refused = (status: Refused['status'], message: string): Refused => ({ status, message });
const NONE = refused(404, 'url: there is nothing of this server to embed under this address.');

const CODES = { 401: 'unauthenticated', 404: 'not-found', 422: 'invalid-question', 501: 'unsupported' } as const;

function refuse(c: Context, { status, message }: Refused): Response {
  if (status === 401) c.header('WWW-Authenticate', 'Bearer realm="sama"');
  return c.json(refusal(CODES[status], message), status);
}

/**
 * `GET /oembed`: how a page of this server is embedded, by oEmbed 1.0 (section 2.3): snapshots, whole or one widget of
 * them. What needs a token is 401, since whoever asks has none to hand on; a format other than JSON and XML is 501.
 */
export function oembedRoutes(snapshots: Snapshots | undefined): Hono {
  const app = new Hono();
  app.get('/', async (c) => {
    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', 'no-referrer');
    const format = c.req.query('format') ?? 'json';
    if (format !== 'json' && format !== 'xml') return refuse(c, refused(501, 'format: json or xml.'));
    const width = most(c.req.query('maxwidth'), WIDTH);
    const height = most(c.req.query('maxheight'), HEIGHT);
    if (width === undefined || height === undefined)
      return refuse(c, refused(422, 'maxwidth and maxheight: whole numbers of CSS pixels.'));
    const found = await shownAt(c.req.query('url'), new URL(c.req.url).host, snapshots);
    if ('status' in found) return refuse(c, found);
    const { address, title } = found;
    const answer: OEmbedAnswer = {
      type: 'rich',
      version: '1.0',
      title,
      provider_name: 'Sama',
      provider_url: `${address.origin}/`,
      cache_age: KEEP,
      html: `<iframe src="${xmlText(address.href)}" title="${xmlText(title)}" width="${width}" height="${height}" sandbox="allow-scripts allow-same-origin allow-downloads" loading="lazy"></iframe>`,
      width,
      height,
    };
    if (format === 'json') return c.json(answer);
    const fields = Object.entries(answer).map(([name, value]) => `<${name}>${xmlText(String(value))}</${name}>`);
    c.header('Content-Type', 'text/xml; charset=utf-8');
    return c.body(`<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>${fields.join('')}</oembed>\n`);
  });
  return app;
}

/** A length, and at most what was asked for; undefined for what is no length. */
function most(text: string | undefined, standard: number): number | undefined {
  if (text === undefined) return standard;
  return /^[1-9]\d{0,5}$/.test(text) ? Math.min(Number(text), standard) : undefined;
}

/** What stands under an address of this server. */
async function shownAt(
  url: string | undefined,
  host: string,
  snapshots: Snapshots | undefined,
): Promise<{ address: URL; title: string } | Refused> {
  if (url === undefined || url === '') return refused(422, 'url: the address of a page of this server.');
  const address = URL.parse(url);
  // A proxy may speak another scheme than the server does; whoever asks names the one it uses.
  const isOurs = address !== null && /^https?:$/.test(address.protocol) && address.host === host;
  if (!isOurs || address.username !== '' || address.password !== '') return NONE;
  address.hash = '';
  const [, whole] = /^\/s\/([\w-]+)$/.exec(address.pathname) ?? [];
  const [, widget] = /^\/embed\/([a-z-]+)$/.exec(address.pathname) ?? [];
  if (whole !== undefined) return titled(address, await snapshots?.open(whole));
  if (widget === undefined) return NONE;
  // Elements are loaded for who asks for one.
  const [{ readSaid }, { keptFor }] = await Promise.all([import('./embed-said.ts'), import('./embed-kept.ts')]);
  const read = readSaid(widget, address.searchParams);
  if (!read.ok) return read.code === 'not-found' ? NONE : refused(422, `url: ${read.message}`);
  if (read.value.snapshot === undefined)
    return refused(401, 'url: this page is for who is signed in; embed a snapshot.');
  const kept = await keptFor(snapshots, read.value);
  return kept.ok ? { address, title: kept.title } : NONE;
}

const titled = (address: URL, found: Snapshot | 'gone' | undefined) =>
  found === undefined || found === 'gone' ? NONE : { address, title: found.title };

/** Lines in the head of a page by which others find this, for the address it is asked by. */
export function discovery(address: string): string {
  const at = (format: string): string => xmlText(`/oembed?format=${format}&url=${encodeURIComponent(address)}`);
  return ['json', 'xml']
    .map((format) => {
      const type = format === 'json' ? 'application/json+oembed' : 'text/xml+oembed';
      return `<link rel="alternate" type="${type}" href="${at(format)}">`;
    })
    .join('');
}

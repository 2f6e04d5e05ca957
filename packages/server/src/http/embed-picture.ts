import { createRequire } from 'node:module';
import '@sama/elements/locale/ar/define';
import '@sama/elements/locale/de/define';
import '@sama/elements/locale/es/define';
import '@sama/elements/locale/ja/define';
import { renderPicture } from '@sama/elements/ssr';
import { renderAsync } from '@resvg/resvg-js';
import type { Context } from 'hono';
import type { Snapshots } from '../snapshots/store.ts';
import { keptFor, refuse } from './embed-kept.ts';
import { readSaid } from './embed-said.ts';
import { sayable } from './xml-text.ts';

const require = createRequire(import.meta.url);
const FONT = 'DejaVu Sans';
/** A machine that serves may have no fonts of its own, so they come along. */
const FONTS = [
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
];
/** Pixels of a PNG for each CSS pixel: mails are read on dense screens. */
const DENSITY = 2;
/** Seconds a picture may be kept: its snapshot may be taken back. */
const KEEP = 300;

/** Answers with a widget of a snapshot as a picture: nobody has to be signed in to read a mail. */
export async function answerPicture(
  snapshots: Snapshots | undefined,
  c: Context,
  { widget, format }: { widget: string; format: 'svg' | 'png' },
): Promise<Response> {
  c.header('Referrer-Policy', 'no-referrer');
  c.header('X-Robots-Tag', 'noindex');
  const read = readSaid(widget, new URL(c.req.url).searchParams);
  if (!read.ok) return refuse(c, read.code, read.message);
  const { locale, attributes, snapshot } = read.value;
  if (snapshot === undefined) {
    c.header('WWW-Authenticate', 'Bearer realm="sama"');
    return refuse(c, 'unauthenticated', 'snapshot: a picture is made of a snapshot; name its link.');
  }
  const kept = keptFor(snapshots, read.value);
  if (!kept.ok) return refuse(c, kept.code, kept.message, kept.status);
  const { label, theme } = attributes;
  const picture = renderPicture(kept.answer, {
    locale,
    ...(label === undefined ? {} : { label }),
    theme: theme === 'dark' ? 'dark' : 'light',
    undirected: format === 'png',
  });
  if (picture === undefined) return refuse(c, 'not-found', 'snapshot: this answer has no picture.');
  const svg = sayable(picture.svg);
  c.header('Cache-Control', `private, max-age=${KEEP}`);
  c.header('Content-Security-Policy', "default-src 'none'; sandbox");
  if (format === 'svg') {
    c.header('Content-Type', 'image/svg+xml; charset=utf-8');
    return c.body(svg);
  }
  c.header('Content-Type', 'image/png');
  return c.body(new Uint8Array(await pngOf(svg)));
}

/** Drawn beside the thread that answers. */
async function pngOf(svg: string): Promise<Uint8Array> {
  const font = { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: FONT, sansSerifFamily: FONT };
  return (await renderAsync(svg, { font, fitTo: { mode: 'zoom', value: DENSITY } })).asPng();
}

import '@sama/elements/locale/ar/define';
import '@sama/elements/locale/de/define';
import '@sama/elements/locale/es/define';
import '@sama/elements/locale/ja/define';
import { renderPicture } from '@sama/elements/ssr';
import type { Context } from 'hono';
import type { PictureFonts } from '../picture/fonts.ts';
import { openPainter, type Painter } from '../picture/painter.ts';
import type { Snapshots } from '../snapshots/store.ts';
import { keptFor, refuse } from './embed-kept.ts';
import { readSaid } from './embed-said.ts';
import { sayable } from './xml-text.ts';

/** What pictures are made of. */
export interface PictureOptions {
  snapshots?: Snapshots | undefined;
  /** Fonts for letters those of the package lack. */
  fonts?: PictureFonts | undefined;
  log: (error: unknown) => void;
}

/** Answers with a widget of a snapshot as a picture: nobody has to be signed in to read a mail. */
export type AnswerPicture = (c: Context, asked: { widget: string; format: 'svg' | 'png' }) => Promise<Response>;

/** Seconds a picture may be kept: its snapshot may be taken back. */
const KEEP = 300;

/** Answers with pictures of snapshots. */
export function openPictures({ snapshots, fonts, log }: PictureOptions): AnswerPicture {
  const paint = openPainter(fonts, log);
  return (c, asked) => answerPicture(snapshots, paint, c, asked);
}

async function answerPicture(
  snapshots: Snapshots | undefined,
  paint: Painter,
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
  const kept = await keptFor(snapshots, read.value);
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
  return c.body(new Uint8Array(await paint(svg)));
}

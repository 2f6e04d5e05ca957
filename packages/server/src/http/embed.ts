import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import type { EmbedOptions } from './embed-answer.ts';
import type { AnswerPicture, PictureOptions } from './embed-picture.ts';
import { readFolder } from './folder.ts';

/** The scripts of the page and of the page around it. */
const scripts = readFolder(fileURLToPath(new URL('../../assets', import.meta.url)));

/**
 * `GET /embed/{widget}`: a page with one widget for a frame, which reads without a script; and `host.js` and
 * `frame.js`, which keep the frame as high as its widget and bring it tokens. A ticket opens it once; a spent one, or
 * none, leaves a page without data that waits for a token. A snapshot shows what it holds; `{widget}.svg` and `.png`
 * are pictures of that.
 */
export function embedRoutes(options: EmbedOptions & PictureOptions): Hono {
  const app = new Hono();
  let pictures: Promise<AnswerPicture> | undefined;
  app.get('/:widget', async (c) => {
    const widget = c.req.param('widget');
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    const script = scripts.get(`embed-${widget}`);
    if (script !== undefined) {
      c.header('Cache-Control', 'no-cache');
      c.header('Content-Type', script.type);
      return c.body(script.body);
    }
    const [, drawn, format] = /^([a-z-]+)\.(svg|png)$/.exec(widget) ?? [];
    if (drawn !== undefined && (format === 'svg' || format === 'png')) {
      pictures ??= import('./embed-picture.ts').then(({ openPictures }) => openPictures(options));
      return (await pictures)(c, { widget: drawn, format });
    }
    // Elements are loaded for the first page: a server that is asked for none starts sooner.
    const { answerEmbed } = await import('./embed-answer.ts');
    return answerEmbed(options, c, widget);
  });
  return app;
}

import { Hono } from 'hono';
import type { ElementFiles } from './element-files.ts';
import { httpStatus, refusal } from './refusal.ts';

/**
 * Serves the elements under their version, for ever, to pages of any origin. `latest` redirects
 * and is asked anew each time. `integrity.json` has the hashes of what is served.
 */
export function cdnRoutes(elements: ElementFiles): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
  });
  app.get('/:version/:path{.+}', (c) => {
    const { version, path } = c.req.param();
    if (version === 'latest') {
      c.header('Cache-Control', 'no-cache');
      return c.redirect(`/cdn/${elements.version}/${path}`, 302);
    }
    if (version !== elements.version) {
      const message = `version: this server has the elements ${elements.version}, not ${version}. Use /cdn/${elements.version}/ or /cdn/latest/.`;
      return c.json(refusal('not-found', message), httpStatus('not-found'));
    }
    if (path === 'integrity.json') {
      c.header('Cache-Control', 'public, max-age=31536000, immutable');
      return c.json({ version, files: elements.listed });
    }
    if (path === 'importmap.json' && elements.importMap !== undefined) {
      c.header('Cache-Control', 'public, max-age=31536000, immutable');
      return c.json(elements.importMap);
    }
    const file = elements.files.get(path);
    if (file === undefined) {
      const names = elements.listed.map((listed) => listed.path).join(', ');
      const remedy = names === '' ? 'None are built: build @sama/elements.' : `There are ${names}.`;
      return c.json(
        refusal('not-found', `path: the elements ${version} have no file ${path}. ${remedy}`),
        httpStatus('not-found'),
      );
    }
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    c.header('Content-Type', file.type);
    return c.body(file.body);
  });
  return app;
}

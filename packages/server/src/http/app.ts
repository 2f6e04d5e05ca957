import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { Desk } from './answer.ts';
import { permits } from '../sign-in/permit.ts';
import type { SignIn } from '../sign-in/signed.ts';
import { cdnRoutes } from './cdn.ts';
import { csvRoutes } from './csv-routes.ts';
import { commandRoutes } from './commands.ts';
import type { ElementFiles } from './element-files.ts';
import { embedRoutes } from './embed.ts';
import { figureRoutes, type Figures } from './figures.ts';
import { requireKnownOrigin, requireLoopbackHost } from './guard.ts';
import { importRoutes, type ImportDoor } from './imports.ts';
import { ledgerRoutes } from './ledger.ts';
import { limited } from './limits.ts';
import { liveRoutes } from './live.ts';
import { metaOf } from './meta.ts';
import { observed } from './observed.ts';
import { oembedRoutes } from './oembed.ts';
import { openApi } from './openapi.ts';
import { pageRoutes, type Pages } from './pages.ts';
import { queryRoutes } from './query.ts';
import { requireSignIn, type SignedEnv } from './enter.ts';
import { httpStatus, refusal } from './refusal.ts';
import type { Limiter } from './shared-limit.ts';
import { snapshotPages, snapshotRoutes } from './snapshots.ts';
import type { PictureFonts } from '../picture/fonts.ts';
import type { Snapshots } from '../snapshots/store.ts';
import { Away, Barred } from '../tables/errors.ts';
import { tokenRoutes } from './tokens.ts';
import { working } from './working.ts';

/** What the application is made of. Everything it reads is given; it opens nothing itself. @beta */
export interface AppOptions extends Desk {
  /** The version of the server. */
  version: string;
  /** ISO day or instant of the latest event, when there is one. */
  dataThrough: () => string | undefined;
  /** Who is let in, and with which rights. */
  signIn: SignIn;
  /** Origins of other pages that may read, such as `https://intranet.example.com`; keys may name more. */
  origins: readonly string[];
  /** Fields of records that name a person, such as `attributes.email`. Default: the usual ones. */
  personal?: readonly string[] | undefined;
  elements: ElementFiles;
  /** Absent: none are kept. */
  snapshots?: Snapshots | undefined;
  /** Fonts for the letters in pictures that those of the package lack. */
  fonts?: PictureFonts | undefined;
  /** How often one reader with a token may ask; absent: as often as they like. */
  requestsPerMinute?: number | undefined;
  /** Counts them; absent: this server by itself. */
  limiter?: Limiter | undefined;
  /** Live streams that are held open at a time. Default: 1 000. */
  liveStreams?: number | undefined;
  /** What the server counts; absent: nothing. */
  figures?: Figures | undefined;
  /** Says that the server stops: live streams end, and `/readyz` sends proxies elsewhere. */
  closing?: AbortSignal | undefined;
  /** Host pages to serve at the root. */
  pages?: Pages;
  /** Takes files to import from whoever has the key; absent = nobody may send any. */
  imports?: ImportDoor | undefined;
}

/** The fetch-standard application: `createApp(options).fetch(request)`. @beta */
export function createApp(options: AppOptions): Hono<SignedEnv> {
  const { signIn } = options;
  const app = base(options, signIn.development);
  const origins = new Set(options.origins);
  const isKnown = (origin: string): boolean => origins.has(origin) || signIn.origins?.().has(origin) === true;
  const known = (): string[] => [...new Set([...origins, ...(signIn.origins?.() ?? [])])];
  const permit = permits(options.personal);
  const description = openApi(options.version, {
    imports: options.imports !== undefined,
    figures: options.figures !== undefined,
  });

  app.use(
    '/v1/*',
    async (c, next) => {
      await next();
      c.header('Cross-Origin-Resource-Policy', 'same-origin');
      if (c.req.method !== 'OPTIONS') c.header('Vary', 'Authorization, Origin');
    },
    cors({
      origin: (origin) => (origin !== '' && isKnown(origin) ? origin : null),
      allowMethods: ['GET', 'POST', 'DELETE'],
      allowHeaders: ['Authorization', 'Content-Type', 'If-None-Match'],
      exposeHeaders: ['ETag', 'Retry-After', 'X-Request-Id'],
      maxAge: 600,
    }),
    requireKnownOrigin(isKnown),
    requireSignIn(signIn),
  );
  if (options.requestsPerMinute !== undefined) app.use('/v1/*', limited(options.requestsPerMinute, options.limiter));
  const work = working(options);
  app.route('/v1', queryRoutes(options, permit, work));
  app.route('/v1', csvRoutes(options, permit, work));
  app.route('/v1', commandRoutes(options));
  app.route('/v1', ledgerRoutes(options));
  app.route('/v1', liveRoutes(options, options.closing, options.liveStreams));
  app.route('/v1', tokenRoutes(signIn));
  app.route('/v1', snapshotRoutes(options, permit, options.snapshots));
  app.route('/s', snapshotPages(options.snapshots, options.elements, known));
  app.route('/oembed', oembedRoutes(options.snapshots));
  app.route('/embed', embedRoutes({ ...options, desk: options, permit, work, known }));
  app.get('/v1/meta', (c) => {
    c.header('Cache-Control', 'private, no-cache');
    return c.json(
      metaOf(
        options,
        options.elements,
        { version: options.version, dataThrough: options.dataThrough() },
        c.get('signed'),
      ),
    );
  });
  app.get('/v1/openapi.json', (c) => {
    c.header('Cache-Control', 'no-cache');
    return c.json(description);
  });
  app.get('/healthz', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json({ status: 'ok' });
  });
  app.get('/readyz', (c) => {
    c.header('Cache-Control', 'no-store');
    if (options.closing?.aborted !== true) return c.json({ status: 'ready' });
    c.header('Retry-After', '1');
    return c.json({ status: 'stopping' }, 503);
  });
  if (options.figures !== undefined) app.route('/', figureRoutes(options.figures));
  if (options.imports !== undefined) app.route('/imports', importRoutes(options.imports));
  app.route('/cdn', cdnRoutes(options.elements));
  if (options.pages !== undefined) app.route('/', pageRoutes(options.pages, options.elements));
  return app;
}

/** An application with pages only, for another origin than the data's. @beta */
export function createPagesApp(pages: Pages, elements: ElementFiles, log: (error: unknown) => void): Hono<SignedEnv> {
  return base({ log }, true).route('/', pageRoutes(pages, elements));
}

/** What holds for every route: the host guard, headers, methods, and errors without internals. */
function base({ log, observer }: Pick<Desk, 'log' | 'observer'>, loopbackOnly: boolean): Hono<SignedEnv> {
  const app = new Hono<SignedEnv>();
  app.use(observed(observer));
  app.use(async (c, next) => {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
  });
  if (loopbackOnly) app.use(requireLoopbackHost());
  app.use(methodNotAllowed({ app, onMethodNotAllowed: refuseMethod }));
  app.notFound((c) => {
    c.set('unserved', true);
    const said = `${c.req.path} is not served here. /v1/openapi.json lists what is.`;
    return c.json(refusal('not-found', said), httpStatus('not-found'));
  });
  app.onError((error, c) => {
    // Whoever left in the middle of a body has broken nothing.
    const { incoming } = c.env ?? {};
    const hasLeft = c.req.raw.signal.aborted || (incoming?.destroyed === true && !incoming.complete);
    if (hasLeft) return c.json(refusal('cancelled', 'The reader left.'), httpStatus('cancelled'));
    log(error);
    if (error instanceof Barred || error instanceof Away) {
      c.header('Cache-Control', 'no-store');
      c.header('Retry-After', '5');
      const why = `${error.message.slice(0, 1).toUpperCase()}${error.message.slice(1)}. Nothing was kept; ask again.`;
      return c.json(refusal('unavailable', why), httpStatus('unavailable'));
    }
    return c.json(refusal('internal', 'The request failed. The log of the server says why.'), httpStatus('internal'));
  });
  return app;
}

/** 405 (RFC 9110, 15.5.6). */
function refuseMethod(c: Context, allowed: readonly string[]): Response {
  const methods = allowed.join(', ');
  c.header('Cache-Control', 'no-store');
  c.header('Allow', methods);
  return c.json(refusal('unsupported', `${c.req.method} ${c.req.path} is not answered. Use ${methods}.`), 405);
}

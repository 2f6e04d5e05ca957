import { ServerResponse } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Observer, RequestLine } from '../observe/observer.ts';
import { requestIdOf, requestScope } from '../observe/request-id.ts';
import type { SignedEnv } from './enter.ts';

/** Gives each request an id, which its answer and all lines of the log about it name, and tells when it is over. */
export function observed(observer: Observer | undefined): MiddlewareHandler<SignedEnv> {
  return async (c, next) => {
    const id = requestIdOf(c.req.header('x-request-id'));
    const began = performance.now();
    const { outgoing } = c.env ?? {};
    const socket = outgoing instanceof ServerResponse ? outgoing.socket : undefined;
    const before = socket?.bytesWritten ?? 0;
    await requestScope.run(id, next);
    c.header('X-Request-Id', id);
    if (observer === undefined) return;
    const signed = c.get('signed');
    const line = (left: boolean): RequestLine => ({
      id,
      method: c.req.method,
      route: routeOf(c),
      status: c.res.status,
      ms: Math.round((performance.now() - began) * 1000) / 1000,
      bytes: (socket?.bytesWritten ?? 0) - before,
      left,
      tenant: signed?.rights.tenant,
      key: signed?.key,
    });
    // Over the wire it is over when the last byte was handed on, or the client has left.
    if (outgoing instanceof ServerResponse)
      outgoing.once('close', () => observer.request(line(!outgoing.writableFinished)));
    else observer.request(line(false));
  };
}

/** Of requests for what is not served. */
const UNSERVED = 'none';

/** What answers comes after what looks at many routes, and before the pages, which take what is left. */
function routeOf(c: Context<SignedEnv>): string {
  if (c.get('unserved') === true) return UNSERVED;
  const routes = matchedRoutes(c);
  return (routes.find(({ method }) => method !== 'ALL') ?? routes.at(-1))?.path ?? '';
}

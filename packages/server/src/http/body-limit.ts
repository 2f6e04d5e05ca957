import type { Context, MiddlewareHandler } from 'hono';

/** How large a body may be, and what is said of a larger one. */
interface BodyLimit {
  maxSize: number;
  onError: (c: Context) => Response;
}

/**
 * Refuses larger bodies, those that say their length before they are read. That of Hono makes a request out of the one
 * it is given, which fails for what `@hono/node-server` hands over: each body in chunks was answered with 500.
 */
export function bodyLimit({ maxSize, onError }: BodyLimit): MiddlewareHandler {
  return async (c, next) => {
    const { raw } = c.req;
    const length = c.req.header('content-length');
    if (length !== undefined) return Number(length) > maxSize ? onError(c) : next();
    if (raw.body === null) return next();
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of raw.body) {
      size += part.byteLength;
      if (size > maxSize) return onError(c);
      parts.push(part);
    }
    const { url, method, headers, signal } = raw;
    c.req.raw = new Request(url, { method, headers, signal, body: Buffer.concat(parts) });
    return next();
  };
}

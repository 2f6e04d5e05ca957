import type { MiddlewareHandler } from 'hono';
import { httpStatus, refusal } from './refusal.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The name in a Host header without its port, lower-case; undefined when it is no host. */
function hostName(host: string): string | undefined {
  try {
    const url = new URL(`http://${host}`);
    return url.host === host.toLowerCase() || `${url.host}:80` === host.toLowerCase() ? url.hostname : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a host is this machine. */
export function isLoopback(host: string): boolean {
  const name = hostName(host);
  return name !== undefined && LOOPBACK.has(name);
}

/**
 * Answers only requests addressed to this machine by name. A page elsewhere can make its own name
 * resolve to 127.0.0.1 (DNS rebinding) and would then count as same origin; its Host header gives
 * it away.
 */
export function requireLoopbackHost(): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    if (isLoopback(host)) return next();
    const message =
      'Host: this server runs without sign-in, for development, and answers only to localhost, 127.0.0.1 and [::1].';
    c.header('Cache-Control', 'no-store');
    return c.json(refusal('forbidden', message), httpStatus('forbidden'));
  };
}

/**
 * Refuses requests that a page of an origin outside the list sends. Requests without `Origin`
 * (same-origin reads, command-line tools) and of the server's own origin pass.
 */
export function requireKnownOrigin(isKnown: (origin: string) => boolean): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (origin === undefined || isKnown(origin) || origin === new URL(c.req.url).origin) return next();
    const message =
      'Origin: this page is not on the list of origins that may read. Add it with --origin, or to a key that makes tokens.';
    c.header('Cache-Control', 'no-store');
    return c.json(refusal('forbidden', message), httpStatus('forbidden'));
  };
}

import type { Context } from 'hono';

/** The address a reader has asked for: a proxy that speaks TLS says so. It is told to nobody but that reader. */
export function addressOf(c: Context): URL {
  const address = new URL(c.req.url);
  if (c.req.header('x-forwarded-proto') === 'https') address.protocol = 'https:';
  return address;
}

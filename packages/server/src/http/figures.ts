import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { SignedEnv } from './enter.ts';
import { isLoopback } from './guard.ts';
import { httpStatus, refusal } from './refusal.ts';

/** The figures of a server, and who may read them. */
export interface Figures {
  text(): Promise<{ type: string; body: string }>;
  /** What Prometheus shows as its bearer token. Absent: only programs on this machine may read. */
  token?: string | undefined;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const LOCAL: ReadonlySet<string | undefined> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** `GET /metrics`, in the format of Prometheus. */
export function figureRoutes({ text, token }: Figures): Hono<SignedEnv> {
  const app = new Hono<SignedEnv>();
  app.get('/metrics', async (c) => {
    c.header('Cache-Control', 'no-store');
    const { headers } = c.req.raw;
    if (token === undefined) {
      // A proxy on this machine asks for others, and says so.
      const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via', 'origin'].some((name) =>
        headers.has(name),
      );
      const isLocal = LOCAL.has(c.env?.incoming?.socket.remoteAddress) && isLoopback(headers.get('host') ?? '');
      if (!isLocal || isForwarded)
        return c.json(
          refusal('forbidden', 'Figures are for programs on this machine, unless SAMA_METRICS_TOKEN is set.'),
          httpStatus('forbidden'),
        );
    } else {
      const [, given = ''] = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '') ?? [];
      if (!timingSafeEqual(digest(given), digest(token))) {
        c.header('WWW-Authenticate', 'Bearer');
        return c.json(refusal('unauthenticated', 'Send the token of the figures.'), httpStatus('unauthenticated'));
      }
    }
    const { type, body } = await text();
    return c.body(body, 200, { 'Content-Type': type });
  });
  return app;
}

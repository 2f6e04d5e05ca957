import type { MiddlewareHandler } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { SignedEnv } from './enter.ts';
import { httpStatus, refusal } from './refusal.ts';
import type { Limiter } from './shared-limit.ts';

/** Of a minute. */
export const MINUTE_SECONDS = 60;

/**
 * Lets each reader ask so often a minute. Who asks more is told when to come again, and nobody else notices. A reader is
 * a key and whom it names, so a new token is no new reader. Without sign-in there is one reader, who is not limited.
 *
 * @param limiter that counts. Default: one of this server alone.
 */
export function limited(
  perMinute: number,
  limiter: Limiter = new RateLimiterMemory({ points: perMinute, duration: MINUTE_SECONDS }),
): MiddlewareHandler<SignedEnv> {
  return async (c, next) => {
    const signed = c.get('signed');
    if (signed?.key === undefined) return next();
    try {
      await limiter.consume(JSON.stringify([signed.key, signed.subject]));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      c.header('Retry-After', String(Math.max(1, Math.ceil(error.msBeforeNext / 1000))));
      c.header('Cache-Control', 'no-store');
      const message = `You have asked ${perMinute} times in a minute. Come again when Retry-After says.`;
      return c.json(refusal('rate-limited', message), httpStatus('rate-limited'));
    }
    return next();
  };
}

import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { SignInError, type Signed, type SignIn } from '../sign-in/signed.ts';
import { httpStatus, refusal } from './refusal.ts';

/** What a route knows once its reader was let in. */
export interface SignedEnv {
  /** What is behind a request on the wire; there is nothing behind one made in the process. */
  Bindings: Partial<HttpBindings>;
  /** `unserved`: no route has what was asked for. */
  Variables: { signed: Signed; unserved?: true };
}

/** Routes below `/v1` that ask for no token: the description, and the one that gives tokens to keys. */
const OPEN: ReadonlySet<string> = new Set(['/v1/openapi.json', '/v1/tokens']);

/**
 * Lets nobody on without rights that hold, but to what is open. A token that names origins is for pages of those
 * alone: a browser says of which page a request is, except when it is the server's own.
 */
export function requireSignIn(signIn: SignIn): MiddlewareHandler<SignedEnv> {
  return async (c, next) => {
    if (OPEN.has(c.req.path)) return next();
    try {
      const signed = await signIn.enter(c.req.header('authorization'));
      const origin = c.req.header('origin') ?? new URL(c.req.url).origin;
      if (signed.origins.length > 0 && !signed.origins.includes(origin))
        throw new SignInError('forbidden', 'Origin: the token is for another page.');
      c.set('signed', signed);
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      c.header('Cache-Control', 'no-store');
      if (error.code === 'unauthenticated') c.header('WWW-Authenticate', 'Bearer realm="sama", error="invalid_token"');
      return c.json(refusal(error.code, error.message), httpStatus(error.code));
    }
    return next();
  };
}

import { describeIssues, explainIssue } from '@sama/metrics/contracts';
import { Hono } from 'hono';
import { bodyLimit } from './body-limit.ts';
import { BeyondKeyError, TokenRequest, type TicketAnswer, type TokenAnswer } from '../sign-in/grant.ts';
import { SignInError, type SignIn } from '../sign-in/signed.ts';
import { instant } from './instant.ts';
import { readJson, readVersion } from './read-question.ts';
import { httpStatus, refusal } from './refusal.ts';

const MOST_BYTES = 16 * 1024;

/** `POST /tokens`: a token, or a ticket to a page, for one person, for whoever shows a key of this server. For servers, not for pages. */
export function tokenRoutes(signIn: SignIn): Hono {
  const app = new Hono();
  app.use('/tokens', async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });
  const limit = bodyLimit({
    maxSize: MOST_BYTES,
    onError: (c) => c.json(refusal('too-large', `The body is larger than ${MOST_BYTES / 1024} kB.`), 413),
  });
  app.post('/tokens', limit, async (c) => {
    if (signIn.issuer === undefined || signIn.tickets === undefined) {
      const message = 'This server runs without sign-in, for development. Ask it without a token.';
      return c.json(refusal('not-found', message), httpStatus('not-found'));
    }
    if (c.req.header('origin') !== undefined) {
      const message = 'Origin: a key is for servers; never send it from a page.';
      return c.json(refusal('forbidden', message), httpStatus('forbidden'));
    }
    try {
      const shown = c.req.header('authorization');
      const issue = signIn.issuer(shown);
      const json = readJson(await c.req.text(), 'The body');
      const read = json.ok ? readVersion(json.value, 'The body') : json;
      if (!read.ok) return c.json(refusal(read.code, read.message), httpStatus(read.code));
      const request = TokenRequest.safeParse(read.value, { error: explainIssue });
      if (!request.success) {
        const message = `The body: ${describeIssues(request.error.issues)}`;
        return c.json(refusal('invalid-question', message), httpStatus('invalid-question'));
      }
      if (request.data.ticket === true) {
        const { ticket, expires } = await signIn.tickets.issuer(shown)(request.data);
        return c.json({ v: 1, ticket, expiresAt: instant(expires) } satisfies TicketAnswer);
      }
      const { token, expires } = await issue(request.data);
      return c.json({ v: 1, token, expiresAt: instant(expires) } satisfies TokenAnswer);
    } catch (error) {
      if (error instanceof BeyondKeyError) return c.json(refusal('forbidden', error.message), httpStatus('forbidden'));
      if (!(error instanceof SignInError)) throw error;
      if (error.code === 'unauthenticated') c.header('WWW-Authenticate', 'Bearer realm="sama", error="invalid_token"');
      return c.json(refusal(error.code, error.message), httpStatus(error.code));
    }
  });
  return app;
}

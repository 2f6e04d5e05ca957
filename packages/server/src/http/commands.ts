import { Command, MAX_BODY_BYTES, describeIssues, explainIssue, type CommandOutcome } from '@sama/metrics/contracts';
import { kindOf, scopeOf } from '@sama/metrics/desk';
import { Hono } from 'hono';
import { bodyLimit } from './body-limit.ts';
import { LedgerError } from '../ledger/index.ts';
import { allows } from '../sign-in/grant.ts';
import type { Desk } from './answer.ts';
import type { SignedEnv } from './enter.ts';
import { readJson, readVersion } from './read-question.ts';
import { httpStatus, refusal } from './refusal.ts';

const NOT_ACTING = 'your rights do not include "act", or do not say who you are: sub, team and role.';
const STATUS = { done: 200, conflict: 409, refused: 422 } as const;

/** `POST /commands`: 200 with the new state, 409 with who was faster, 422 with field and remedy. */
export function commandRoutes(desk: Desk): Hono<SignedEnv> {
  const app = new Hono<SignedEnv>();
  app.use('/commands', async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (c) => c.json(refusal('too-large', `The body is larger than ${MAX_BODY_BYTES / 1024} kB.`), 413),
  });
  app.post('/commands', limit, async (c) => {
    const { ledger } = desk;
    if (ledger === undefined) return c.json(refusal('not-found', 'This server keeps no ledger.'), 404);
    const refused = (field: string, reason: string, remedy: string) => {
      const outcome: CommandOutcome = { status: 'refused', message: `${field}: ${reason}; ${remedy}`, field, remedy };
      return c.json({ v: 1, ...outcome }, 422);
    };
    if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
      return refused('Content-Type', 'is another', 'send application/json');
    const json = readJson(await c.req.text(), 'The body');
    if (!json.ok) return c.json(refusal(json.code, json.message), httpStatus(json.code));
    const version = readVersion(json.value, 'The command');
    if (!version.ok) return c.json(refusal(version.code, version.message), httpStatus(version.code));
    const parsed = Command.safeParse(json.value, { error: explainIssue });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return refused(issue?.path.join('.') ?? '', describeIssues(parsed.error.issues), 'correct it');
    }
    const of = kindOf(parsed.data.type);
    try {
      const { actor, rights, scopes } = c.get('signed');
      const kind = scopeOf(parsed.data.type);
      if (!allows(scopes, kind))
        return c.json(refusal('forbidden', `scopes: your rights do not include "${kind}".`), httpStatus('forbidden'));
      if (actor === undefined || !rights.caps.includes('act'))
        return c.json(refusal('forbidden', `caps: ${NOT_ACTING}`), httpStatus('forbidden'));
      const outcome = await ledger.command(parsed.data, actor, rights);
      desk.observer?.command(of, outcome.status);
      return c.json({ v: 1, ...outcome }, STATUS[outcome.status]);
    } catch (error) {
      desk.observer?.command(of, 'failed');
      if (!(error instanceof LedgerError)) throw error;
      c.header('Retry-After', '1');
      return c.json(refusal('unavailable', error.message), httpStatus('unavailable'));
    }
  });
  return app;
}

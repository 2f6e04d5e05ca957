import { type MarkList, WIRE_VERSION } from '@sama/metrics/contracts';
import { Hono, type Context } from 'hono';
import type * as z from 'zod/mini';
import { auditCsv, LedgerError, type LedgerDoor } from '../ledger/index.ts';
import { allows } from '../sign-in/grant.ts';
import type { Desk } from './answer.ts';
import type { SignedEnv } from './enter.ts';
import { httpStatus, refusal } from './refusal.ts';

/**
 * What a ledger says as a whole: `GET /annotations`, the audit trail `GET /audit` as JSON or CSV, and all that is known
 * of one person, `GET` and `DELETE /persons/{id}`.
 */
export function ledgerRoutes({ ledger }: Pick<Desk, 'ledger'>): Hono<SignedEnv> {
  const app = new Hono<SignedEnv>();
  /** The ledger, for whoever has a scope and capabilities; else why not. */
  const enter = (c: Context<SignedEnv>, scope: string, ...caps: ('export' | 'act')[]): LedgerDoor | Response => {
    c.header('Cache-Control', 'no-store');
    const { scopes, rights } = c.get('signed');
    const refuse = (message: string) => c.json(refusal('forbidden', message), httpStatus('forbidden'));
    if (!allows(scopes, scope)) return refuse(`scopes: your rights do not include "${scope}".`);
    const missing = caps.find((cap) => !rights.caps.includes(cap));
    if (missing !== undefined) return refuse(`caps: your rights do not include "${missing}".`);
    // A part of the whole would pass for it.
    if (scope !== 'annotations' && rights.rows !== undefined)
      return refuse('rows: your rights are limited to some records; ask with rights that are not.');
    return ledger ?? c.json(refusal('not-found', 'This server keeps no ledger.'), 404);
  };
  const nobody = (c: Context) => c.json(refusal('not-found', 'Nothing is known of this person.'), 404);

  app.get('/annotations', (c) => {
    const door = enter(c, 'annotations');
    if (door instanceof Response) return door;
    return c.json({ v: WIRE_VERSION, marks: [...door.marks()] } satisfies z.infer<typeof MarkList>);
  });
  app.get('/audit', (c) => {
    const door = enter(c, 'audit', 'export');
    if (door instanceof Response) return door;
    const lines = door.audit();
    const format = c.req.query('format') ?? 'json';
    if (format === 'json') return c.json({ v: WIRE_VERSION, lines });
    if (format !== 'csv')
      return c.json(refusal('invalid-question', 'format: is neither json nor csv.'), httpStatus('invalid-question'));
    c.header('Content-Type', 'text/csv; charset=utf-8');
    c.header('Content-Disposition', 'attachment; filename="sama-audit.csv"');
    return c.body(auditCsv(lines));
  });
  app.get('/persons/:id', (c) => {
    const door = enter(c, 'personal', 'export');
    if (door instanceof Response) return door;
    const known = door.person(c.req.param('id'));
    return known === undefined ? nobody(c) : c.json({ v: WIRE_VERSION, person: c.req.param('id'), ...known });
  });
  app.delete('/persons/:id', async (c) => {
    const door = enter(c, 'personal', 'export', 'act');
    if (door instanceof Response) return door;
    if (door.person(c.req.param('id')) === undefined) return nobody(c);
    try {
      await door.forget(c.req.param('id'));
      return c.body(null, 204);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      return c.json(refusal('unavailable', error.message), httpStatus('unavailable'));
    }
  });
  return app;
}

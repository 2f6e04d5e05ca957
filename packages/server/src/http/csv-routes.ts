import { Hono, type Context } from 'hono';
import type { Envelope, ErrorCode } from '@sama/metrics/contracts';
import type { Permit } from '../sign-in/permit.ts';
import { frameOf, isLasting, type Desk } from './answer.ts';
import { csvOf } from './csv.ts';
import type { SignedEnv } from './enter.ts';
import { readQueryParameter } from './read-question.ts';
import { httpStatus, refusal } from './refusal.ts';
import { patience, type Working } from './working.ts';

/** By which a spreadsheet knows UTF-8. */
const MARK = '\uFEFF';

const refuse = (c: Context, code: ErrorCode, message: string): Response =>
  c.json(refusal(code, message), httpStatus(code));

/**
 * `GET /query.csv`: the answer to one question as a file, for whoever may export. What is asked, for whom and with which
 * small groups hidden is decided as for the question itself.
 */
export function csvRoutes(desk: Desk, permit: Permit, work: Working): Hono<SignedEnv> {
  const app = new Hono<SignedEnv>();
  app.get('/query.csv', async (c) => {
    c.header('Cache-Control', 'no-store');
    const bom = c.req.query('bom') ?? 'false';
    if (bom !== 'true' && bom !== 'false') return refuse(c, 'invalid-question', 'bom: true or false.');
    const read = readQueryParameter(c.req.query('q'));
    if (!read.ok) return refuse(c, read.code, read.message);
    const signed = c.get('signed');
    if (!signed.rights.caps.includes('export'))
      return refuse(c, 'forbidden', 'caps: your rights do not include "export".');
    const reason = permit(signed, read.value);
    if (reason !== undefined) return refuse(c, 'forbidden', reason);
    const frame = frameOf(desk, signed);
    const { envelope } = await work({ frame, question: read.value, until: patience(desk), signal: c.req.raw.signal });
    if (envelope.status === 'pending') {
      c.header('Retry-After', '1');
      return c.json(envelope, 202);
    }
    if (!isLasting(envelope)) return c.json(envelope, httpStatus(envelope.code ?? 'internal'));
    c.header('Content-Type', 'text/csv; charset=utf-8; header=present');
    c.header('Content-Disposition', `attachment; filename="${nameOf(envelope, read.value.kind)}.csv"`);
    return c.body(`${bom === 'true' ? MARK : ''}${envelope.data === undefined ? '' : csvOf(envelope.data)}`);
  });
  return app;
}

/** `funnel-lead-to-won-2026-06-16`: what is in a file, and the day it was true on. */
const nameOf = ({ definition, asOf = '' }: Envelope, kind: string): string =>
  [kind, definition?.id ?? '', asOf.slice(0, 10)]
    .filter((part) => part !== '')
    .join('-')
    .replaceAll(/[^\w-]/g, '_');

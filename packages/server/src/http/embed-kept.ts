import type { Envelope, ErrorCode } from '@sama/metrics/contracts';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Snapshots } from '../snapshots/store.ts';
import { WIDGETS, type Said } from './embed-said.ts';
import { httpStatus, refusal } from './refusal.ts';

/** Says no, to nobody's cache. */
export function refuse(c: Context, code: ErrorCode, message: string, status = httpStatus(code)): Response {
  c.header('Cache-Control', 'no-store');
  return c.json(refusal(code, message), status);
}

type Kept =
  | { ok: true; answer: Envelope; title: string }
  | { ok: false; code: ErrorCode; message: string; status?: ContentfulStatusCode };

/** The answer of a snapshot that a widget shows, by what an address says. */
export async function keptFor(snapshots: Snapshots | undefined, { snapshot = '', widget, part }: Said): Promise<Kept> {
  const found = await snapshots?.open(snapshot);
  if (found === 'gone')
    return { ok: false, code: 'not-found', message: 'snapshot: it was taken back or is past its time.', status: 410 };
  const answer = found?.answers.filter(({ data }) => data?.kind === WIDGETS[widget].kind)[part - 1];
  if (found === undefined || answer === undefined)
    return { ok: false, code: 'not-found', message: 'snapshot: there is none, or none with this widget.' };
  return { ok: true, answer, title: found.title };
}

import { createHash, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import { describeIssues, explainIssue, MAX_BODY_BYTES } from '@sama/metrics/contracts';
import { Hono } from 'hono';
import { bodyLimit } from './body-limit.ts';
import { signatureOf } from '../escalation/webhook.ts';
import { UploadRequest } from '../uploads/shapes.ts';
import type { Arrivals } from '../uploads/arrivals.ts';
import { tooLarge, UploadRefused, type Uploads } from '../uploads/uploads.ts';
import { readJson, readVersion } from './read-question.ts';
import { httpStatus, refusal } from './refusal.ts';

/** Who may send files, and where they go. */
export interface ImportDoor {
  uploads: Uploads;
  arrivals: Arrivals;
  /** The key senders name as `Authorization: Bearer KEY`. */
  key: string;
}

const STATUS = { 'not-found': 404, conflict: 409, 'too-large': 413, 'rate-limited': 429, invalid: 422 } as const;
const CODES = {
  'not-found': 'not-found',
  conflict: 'unsupported',
  'too-large': 'too-large',
  'rate-limited': 'rate-limited',
  invalid: 'invalid-question',
} as const;

/**
 * `POST /imports` asks for a place, `POST /imports/{id}/content` sends the file, `GET /imports/{id}`
 * says how far it is, `GET /imports/{id}/rejects` lists the refused rows. `POST /imports/events` takes
 * signed messages of what happened.
 */
export function importRoutes({ uploads, arrivals, key }: ImportDoor): Hono {
  const app = new Hono();
  const expected = digest(key);
  app.use(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    const [, given = ''] = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '') ?? [];
    // The key is for programs: in a page everybody could read it.
    if (c.req.header('origin') !== undefined)
      return c.json(refusal('forbidden', 'Origin: files are taken from programs, never from a page.'), 403);
    // A message is signed instead, and its own route looks at that.
    if (c.req.method === 'POST' && c.req.path.endsWith('/imports/events')) return next();
    if (timingSafeEqual(digest(given), expected)) return next();
    c.header('WWW-Authenticate', 'Bearer');
    const message = 'Authorization: send the key of imports as "Bearer KEY"; SAMA_IMPORT_KEY of the server holds it.';
    return c.json(refusal('unauthenticated', message), 401);
  });
  app.onError((error, c) => {
    if (!(error instanceof UploadRefused)) throw error;
    if (error.code === 'rate-limited') c.header('Retry-After', '60');
    return c.json(refusal(CODES[error.code], error.message), STATUS[error.code]);
  });

  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (c) => c.json(refusal('too-large', `The body is larger than ${MAX_BODY_BYTES / 1024} kB.`), 413),
  });
  app.post('/', limit, async (c) => {
    if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
      return c.json(refusal('invalid-question', 'Content-Type: send application/json.'), 422);
    const body = readJson(await c.req.text(), 'The body');
    if (!body.ok) return c.json(refusal(body.code, body.message), httpStatus(body.code));
    const version = readVersion(body.value, 'The upload');
    if (!version.ok) return c.json(refusal(version.code, version.message), httpStatus(version.code));
    const parsed = UploadRequest.safeParse(body.value, { error: explainIssue });
    if (!parsed.success) return c.json(refusal('invalid-question', describeIssues(parsed.error.issues)), 422);
    const job = uploads.create(parsed.data);
    c.header('Location', `/imports/${job.id}`);
    return c.json(job, 201);
  });

  const small = bodyLimit({
    maxSize: MESSAGE_BYTES,
    onError: (c) => c.json(refusal('too-large', `The message is larger than ${MESSAGE_BYTES / 1024} kB.`), 413),
  });
  app.post('/events', small, async (c) => {
    // What was signed are bytes: as text, others might say the same.
    const body = new Uint8Array(await c.req.arrayBuffer());
    const signature = c.req.header('sama-signature') ?? '';
    if (!isSigned(key, body, signature, Date.now())) {
      const message =
        'Sama-Signature: send t=SECONDS,v1=HMAC of the body by the key of imports, at most five minutes old.';
      return c.json(refusal('forbidden', message), 403);
    }
    const kept = await arrivals.keep(body, signature);
    if (!kept.ok) return c.json(refusal(kept.code, kept.message), httpStatus(kept.code));
    return c.json({ v: 1, ...kept.value }, 202);
  });

  app.post('/:id/content', async (c) => {
    if (Number(c.req.header('content-length') ?? 0) > uploads.maxBytes) throw tooLarge(uploads.maxBytes);
    // Unpacked, a small body may be a large file; and a form has more in it than the file.
    if (!/^identity$/i.test(c.req.header('content-encoding') ?? 'identity'))
      throw new UploadRefused('invalid', 'Content-Encoding: send the file as it is; nothing is unpacked here.');
    if (/^multipart\//i.test(c.req.header('content-type') ?? ''))
      throw new UploadRefused('invalid', 'Content-Type: send the file itself as the body, not a form that holds it.');
    const { body } = c.req.raw;
    if (body === null) throw new UploadRefused('invalid', 'The body is empty. Send the content of the file.');
    return c.json(await uploads.receive(c.req.param('id'), body), 202);
  });

  app.get('/:id', (c) => {
    const job = uploads.get(c.req.param('id'));
    if (job.state !== 'done' && job.state !== 'failed') c.header('Retry-After', '1');
    return c.json(job);
  });

  app.get('/:id/rejects', async (c) => {
    const rejects = await uploads.rejects(c.req.param('id'));
    if (rejects === undefined) throw new UploadRefused('not-found', 'No row of this upload was refused.');
    c.header('Content-Type', 'text/csv; charset=utf-8');
    c.header('Content-Disposition', 'attachment; filename="rejects.csv"');
    return c.body(Readable.toWeb(rejects));
  });
  return app;
}

/** Of one length, so that a comparison says nothing of how much of two keys agrees. */
function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** How old a signature may be, and how far ahead its clock: what was overheard is of no use later. */
const OLDEST_MS = 5 * 60_000;
/** Bytes of one message. */
const MESSAGE_BYTES = 1024 * 1024;

/** Whether a body was signed by the key, lately. */
function isSigned(key: string, body: Uint8Array, signature: string, now: number): boolean {
  const [, seconds = ''] = /^t=(\d{1,12}),v1=[0-9a-f]{64}$/.exec(signature) ?? [];
  if (seconds === '' || Math.abs(now - Number(seconds) * 1000) > OLDEST_MS) return false;
  return timingSafeEqual(digest(signature), digest(signatureOf(key, body, Number(seconds))));
}

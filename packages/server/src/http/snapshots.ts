import {
  MAX_BODY_BYTES,
  Question,
  Version,
  describeIssues,
  explainIssue,
  type Envelope,
} from '@sama/metrics/contracts';
import { Hono, type Context } from 'hono';
import { bodyLimit } from './body-limit.ts';
import * as z from 'zod/mini';
import type { Permit } from '../sign-in/permit.ts';
import type { Signed } from '../sign-in/signed.ts';
import { snapshotPage } from '../snapshots/page.ts';
import type { Snapshots } from '../snapshots/store.ts';
import { addressOf } from './address-of.ts';
import { ask, frameOf, isLasting, type Desk } from './answer.ts';
import type { ElementFiles } from './element-files.ts';
import type { SignedEnv } from './enter.ts';
import { instant } from './instant.ts';
import { framedBy, policy } from './pages.ts';
import { readJson, readQuestion, readVersion } from './read-question.ts';
import { httpStatus, refusal } from './refusal.ts';

/** The body of `POST /v1/snapshots`. */
export const SnapshotRequest = z.strictObject({
  v: Version,
  title: z.string().check(z.minLength(1), z.maxLength(200)),
  /** Funnels and KPIs. */
  questions: z.array(Question).check(z.minLength(1), z.maxLength(10)),
  /** How long the link holds. Default: 30. */
  days: z.optional(z.int().check(z.minimum(1), z.maximum(365))),
});
const RequestFrame = z.strictObject({
  ...SnapshotRequest.shape,
  questions: z.array(z.unknown()).check(z.minLength(1), z.maxLength(10)),
});

/** The answer to it. `link` is said this once. */
export const SnapshotAnswer = z.object({ v: Version, id: z.string(), link: z.string(), expiresAt: z.string() });

/** Those somebody has made. */
export const SnapshotList = z.object({
  v: Version,
  snapshots: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      maker: z.string(),
      madeAt: z.string(),
      expiresAt: z.string(),
      revokedAt: z.optional(z.string()),
    }),
  ),
});

const refuse = (c: Context, ...[code, message]: Parameters<typeof refusal>): Response =>
  c.json(refusal(code, message), httpStatus(code));
const NONE = 'This server keeps no snapshots.';

/** `POST`, `GET /snapshots` and `DELETE /snapshots/{id}`, for whoever may export. */
export function snapshotRoutes(desk: Desk, permit: Permit, snapshots: Snapshots | undefined): Hono<SignedEnv> {
  const app = new Hono<SignedEnv>();
  app.use('/snapshots/*', async (c, next) => {
    c.header('Cache-Control', 'no-store');
    if (!c.get('signed').rights.caps.includes('export'))
      return refuse(c, 'forbidden', 'caps: your rights do not include "export".');
    await next();
    c.header('Cache-Control', 'no-store');
  });
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (c) => refuse(c, 'too-large', 'The body is too large.'),
  });
  app.post('/snapshots', limit, async (c) => {
    if (snapshots === undefined) return refuse(c, 'not-found', NONE);
    const json = readJson(await c.req.text(), 'The body');
    const version = json.ok ? readVersion(json.value, 'The body') : json;
    if (!version.ok) return refuse(c, version.code, version.message);
    const request = RequestFrame.safeParse(version.value, { error: explainIssue });
    if (!request.success) return refuse(c, 'invalid-question', `The body: ${describeIssues(request.error.issues)}`);
    const signed = c.get('signed');
    const frame = frameOf(desk, signed);
    const answers: Envelope[] = [];
    for (const [i, asked] of request.data.questions.entries()) {
      const read = readQuestion(asked, `questions.${i}`);
      if (!read.ok) return refuse(c, read.code, read.message);
      const { kind } = read.value;
      // Nothing of single persons: hand-offs, records and ratings never leave by a link.
      if (kind !== 'funnel' && kind !== 'kpi')
        return refuse(c, 'unsupported', `questions.${i}: a snapshot holds funnels and KPIs, not "${kind}"`);
      const reason = permit(signed, read.value);
      if (reason !== undefined) return refuse(c, 'forbidden', `questions.${i}: ${reason}`);
      const envelope = await ask(desk, frame, read.value, c.req.raw.signal);
      if (!isLasting(envelope))
        return refuse(c, envelope.code ?? 'internal', `questions.${i}: ${envelope.message ?? 'could not be answered'}`);
      answers.push(envelope);
    }
    const { title, days = 30 } = request.data;
    const { id, link, expires } = await snapshots.add(answers, { title, days, maker: signed.subject });
    return c.json({ v: 1, id, link: `/s/${link}`, expiresAt: instant(expires) } satisfies z.infer<
      typeof SnapshotAnswer
    >);
  });
  app.get('/snapshots', async (c) => {
    if (snapshots === undefined) return refuse(c, 'not-found', NONE);
    const lines = (await snapshots.list(makerFor(c.get('signed')))).map(({ made, expires, revoked, ...rest }) => ({
      ...rest,
      madeAt: instant(made),
      expiresAt: instant(expires),
      ...(revoked === null ? {} : { revokedAt: instant(revoked) }),
    }));
    return c.json({ v: 1, snapshots: lines } satisfies z.infer<typeof SnapshotList>);
  });
  app.delete('/snapshots/:id', async (c) => {
    const isThere = (await snapshots?.revoke(c.req.param('id'), makerFor(c.get('signed')))) === true;
    // What another has made is said to be as absent as what there is not.
    return isThere ? c.body(null, 204) : refuse(c, 'not-found', 'id: you have no such snapshot');
  });
  return app;
}

/** Everybody sees their own; who may ask everything sees all. */
const makerFor = ({ scopes, subject }: Signed): string | undefined => (scopes.includes('*') ? undefined : subject);

/**
 * `GET /s/{link}`: a snapshot for whoever has its link, also in a frame of pages of `origins`. 410 when it was taken
 * back or is past its time.
 */
export function snapshotPages(
  snapshots: Snapshots | undefined,
  elements: ElementFiles,
  origins: () => readonly string[],
): Hono {
  const app = new Hono();
  app.get('/:link', async (c) => {
    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('X-Robots-Tag', 'noindex');
    const found = await snapshots?.open(c.req.param('link'));
    if (found === undefined) return refuse(c, 'not-found', 'There is no such snapshot.');
    if (found === 'gone') return c.json(refusal('not-found', 'This snapshot was taken back or is past its time.'), 410);
    c.header('Content-Security-Policy', policy({ 'frame-ancestors': framedBy(origins()) }));
    return c.html(snapshotPage(found, elements, addressOf(c)));
  });
  return app;
}

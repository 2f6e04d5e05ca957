import {
  MAX_BODY_BYTES,
  MAX_QUESTIONS,
  QueryBatch,
  describeIssues,
  explainIssue,
  type BatchAnswer,
  type ErrorCode,
  type Question,
} from '@sama/metrics/contracts';
import { Hono, type Context } from 'hono';
import { bodyLimit } from './body-limit.ts';
import * as z from 'zod/mini';
import { answerHash, frameOf, isLasting, type Desk } from './answer.ts';
import { readJson, readQueryParameter, readQuestion, readVersion, type Read } from './read-question.ts';
import { httpStatus, refusal } from './refusal.ts';
import type { Permit } from '../sign-in/permit.ts';
import type { SignedEnv } from './enter.ts';
import { patience, type Answered, type Asked, type Working } from './working.ts';

/** Questions of one batch that the engine works on at a time. */
const WIDTH = 4;

/** The frame of a batch; its questions are read one by one, so that a bad one does not spoil the rest. */
const BatchFrame = z.strictObject({
  v: QueryBatch.shape.v,
  questions: z.array(z.unknown()).check(z.minLength(1)),
  known: QueryBatch.shape.known,
});

const refuse = (c: Context, code: ErrorCode, message: string): Response => {
  c.header('Cache-Control', 'no-store');
  return c.json(refusal(code, message), httpStatus(code));
};

const JSON_TYPE = { 'Content-Type': 'application/json' };
/** Questions that were read and need not be again. */
const MOST_READ = 500;

/** Reads each text once, while it is asked for: the same question comes from every page that shows it. */
function remembering(read: (text: string | undefined) => Read<Question>): (text: string | undefined) => Read<Question> {
  const known = new Map<string, Read<Question>>();
  return (text) => {
    const found = text === undefined ? undefined : known.get(text);
    if (found !== undefined) return found;
    const fresh = read(text);
    if (text === undefined || !fresh.ok) return fresh;
    if (known.size >= MOST_READ) known.clear();
    known.set(text, fresh);
    return fresh;
  };
}

const tagOf = (hash: string): string => `W/"${hash}"`;

/** Whether `If-None-Match` names the tag; weak comparison (RFC 9110, 13.1.2). */
function matches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const bare = tag.replace(/^W\//, '');
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === bare);
}

/** `GET` and `POST /query`. */
export function queryRoutes(desk: Desk, permit: Permit, work: Working): Hono<SignedEnv> {
  const app = new Hono<SignedEnv>();
  const readParameter = remembering(readQueryParameter);

  app.use('/query', async (c, next) => {
    await next();
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'private, no-cache');
  });

  app.get('/query', async (c) => {
    const read = readParameter(c.req.query('q'));
    if (!read.ok) return refuse(c, read.code, read.message);
    const signed = c.get('signed');
    const reason = permit(signed, read.value);
    if (reason !== undefined) return refuse(c, 'forbidden', reason);
    const frame = frameOf(desk, signed);
    const named = answerHash(desk, frame, read.value);
    const tag = tagOf(named);
    if (matches(c.req.header('if-none-match'), tag)) {
      desk.observer?.cache('client');
      c.header('ETag', tag);
      return c.body(null, 304);
    }
    const asked = { frame, question: read.value, hash: named, until: patience(desk), signal: c.req.raw.signal };
    const { hash, envelope, body } = await work(asked);
    if (isLasting(envelope)) c.header('ETag', tagOf(hash));
    else c.header('Cache-Control', 'no-store');
    if (body !== undefined) return c.body(body, 200, JSON_TYPE);
    if (envelope.status === 'pending') {
      c.header('Retry-After', '1');
      return c.json(envelope, 202);
    }
    return c.json(envelope, envelope.code === undefined ? 200 : httpStatus(envelope.code));
  });

  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (c) =>
      refuse(c, 'too-large', `The body is larger than ${MAX_BODY_BYTES / 1024} kB. Ask in smaller batches.`),
  });
  app.post('/query', limit, async (c) => {
    const type = c.req.header('content-type') ?? '';
    if (!/^application\/json\s*(;|$)/i.test(type)) {
      return refuse(c, 'invalid-question', 'Content-Type: send application/json.');
    }
    const signed = c.get('signed');
    const batch = readBatch(await c.req.text(), (question) => permit(signed, question));
    if (!batch.ok) return refuse(c, batch.code, batch.message);
    const frame = frameOf(desk, signed);
    const answers = await answerBatch(batch.value, (question) => answerHash(desk, frame, question), {
      work,
      observer: desk.observer,
      frame,
      until: patience(desk),
      signal: c.req.raw.signal,
    });
    return c.json({ v: 1, answers });
  });

  return app;
}

interface ReadBatch {
  questions: readonly Read<Question>[];
  known: ReadonlySet<string>;
}

function readBatch(text: string, forbids: (question: Question) => string | undefined): Read<ReadBatch> {
  const json = readJson(text, 'The body');
  if (!json.ok) return json;
  const version = readVersion(json.value, 'The body');
  if (!version.ok) return version;
  const frame = BatchFrame.safeParse(json.value, { error: explainIssue });
  if (!frame.success) {
    return { ok: false, code: 'invalid-question', message: `The body: ${describeIssues(frame.error.issues)}` };
  }
  if (frame.data.questions.length > MAX_QUESTIONS) {
    const message = `questions: ${frame.data.questions.length} are more than ${MAX_QUESTIONS}. Ask in several batches.`;
    return { ok: false, code: 'too-large', message };
  }
  const questions = frame.data.questions.map((question, i) => {
    const read = readQuestion(question, `questions.${i}`);
    const reason = read.ok ? forbids(read.value) : undefined;
    return reason === undefined ? read : ({ ok: false, code: 'forbidden', message: reason } as const);
  });
  const unreadable = questions.find((read) => !read.ok);
  if (unreadable !== undefined && questions.every((read) => !read.ok)) return unreadable;
  return { ok: true, value: { questions, known: new Set(frame.data.known) } };
}

/** Answers in order, a few at a time. Equal questions are asked once. */
async function answerBatch(
  batch: ReadBatch,
  hashOf: (question: Question) => string,
  { work, observer, ...asking }: Omit<Asked, 'question'> & { work: Working; observer: Desk['observer'] },
): Promise<BatchAnswer[]> {
  const answers: BatchAnswer[] = [];
  const asked = new Map<string, Promise<Answered>>();
  const one = async (read: Read<Question>): Promise<BatchAnswer> => {
    if (!read.ok) return { envelope: refusal(read.code, read.message) };
    const known = hashOf(read.value);
    if (batch.known.has(known)) {
      observer?.cache('client');
      return { hash: known, unchanged: true };
    }
    const answer = asked.get(known) ?? work({ ...asking, question: read.value });
    asked.set(known, answer);
    const { hash, envelope } = await answer;
    return isLasting(envelope) ? { hash, envelope } : { envelope };
  };
  const queue = batch.questions.entries();
  const next = async (): Promise<void> => {
    for (const [i, read] of queue) answers[i] = await one(read);
  };
  await Promise.all(Array.from({ length: WIDTH }, next));
  return answers;
}

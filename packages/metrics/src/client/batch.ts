import type { Question } from '../contracts/index.ts';
import type { asker } from './asker.ts';
import { collect } from './collect.ts';
import { answerAt, batchBody, queryPart } from './request.ts';
import { isObject } from './shape.ts';
import type { Reply } from './shared.ts';

/** The most questions one batch may hold. Written out, so that the schemas stay out of a page. */
const MOST = 50;
const POLL_MS = 1000;

/** A question to be sent. */
export interface Asking {
  question: Question;
  /** Past every cache. */
  fresh: boolean;
  /** An earlier answer and the hash that names it: it need not be sent again. */
  held: { tag: string; envelope: unknown } | undefined;
  /** When time is up, in milliseconds since the epoch. */
  until: number;
  signal: AbortSignal;
}

interface Waiting extends Asking {
  resolve(reply: Reply): void;
  reject(reason: unknown): void;
}

/**
 * Sends questions: those asked within one microtask as one batch, a single one as a GET where it
 * may stand in an address. What is too large for the server is sent in halves; what is still being computed is asked
 * for again, all together, until time is up. A request is stopped when nobody waits for any of its answers.
 */
export function batching(
  address: string,
  ask: ReturnType<typeof asker>,
  retries: () => number,
): (asking: Asking) => Promise<Reply> {
  const send = async (all: readonly Waiting[]): Promise<void> => {
    const fresh = all.some((one) => one.fresh);
    const held = new Map(all.flatMap((one) => (one.held === undefined ? [] : [[one.held.tag, one.held.envelope]])));
    const questions = all.map(({ question }) => question);
    const [only] = questions;
    const q = only === undefined || questions.length > 1 ? '' : queryPart(only);
    const known = fresh || held.size === 0 ? undefined : [...held.keys()];
    const reply = await ask(`${address}/v1/query${q}`, {
      body: q === '' ? batchBody(questions, known) : undefined,
      fresh,
      signal: whenAll(all.map(({ signal }) => signal)),
      timeoutMs: Math.max(...all.map(({ until }) => until)) - Date.now(),
      retries: retries(),
    });
    if (reply.status === 413 && all.length > 1) {
      const half = Math.ceil(all.length / 2);
      deliver(all.slice(0, half));
      deliver(all.slice(half));
      return;
    }
    const wait = reply.again ?? POLL_MS;
    const open = all.filter((one, i) => {
      const part = partOf(reply, i, held);
      if (isObject(part.body) && part.body['status'] === 'pending' && Date.now() + wait < one.until) return true;
      one.resolve(part);
      return false;
    });
    if (open.length > 0) setTimeout(() => deliver(open), wait);
  };
  const deliver = (all: readonly Waiting[]): void => {
    send(all).catch((reason: unknown) => {
      for (const one of all) one.reject(reason);
    });
  };
  const add = collect<Waiting>((all) => {
    for (let from = 0; from < all.length; from += MOST) deliver(all.slice(from, from + MOST));
  });
  return (asking) => new Promise((resolve, reject) => add({ ...asking, resolve, reject }));
}

/** The answer to one question of a batch, as if it had come alone; what is no batch is the answer to each. */
function partOf(reply: Reply, i: number, held: ReadonlyMap<unknown, unknown>): Reply {
  const answer = isObject(reply.body) && reply.body['v'] === 1 ? answerAt(reply.body, i) : undefined;
  if (!isObject(answer)) return reply;
  const { hash, envelope, unchanged } = answer;
  const tag = typeof hash === 'string' ? hash : undefined;
  return { ...reply, tag, body: unchanged === true ? held.get(hash) : envelope };
}

/** Aborted when all of these are. */
function whenAll(signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  const look = () => {
    if (signals.every(({ aborted }) => aborted)) controller.abort();
  };
  look();
  for (const signal of signals) signal.addEventListener('abort', look, { once: true });
  return controller.signal;
}

import type { Envelope, Question } from '@sama/metrics/contracts';
import { answerHash, ask, groundFor, isLasting, type Desk, type Frame } from './answer.ts';
import { KeptAnswers, type KeptAnswer } from './kept.ts';
import { refusal } from './refusal.ts';

/** Milliseconds that work goes on, and its answer is kept, for a reader who was told to come again. */
const KEEP_MS = 15_000;
const PENDING: Envelope = { v: 1, status: 'pending', flags: [], warnings: [] };

/** An answer and the hash that names it. */
export interface Answered {
  hash: string;
  envelope: Envelope;
  /** The envelope as it goes over the wire, where it was kept. */
  body?: KeptAnswer['body'];
}

/** One question, asked by `signal` in its frame, of which something should be said by `until`. */
export interface Asked {
  frame: Frame;
  question: Question;
  /** The answer's hash, where it is known already. */
  hash?: string;
  /** Milliseconds since the epoch. */
  until: number;
  signal: AbortSignal;
}

/** Milliseconds a reader waits for an answer before being told to come again. */
const WAIT_MS = 5_000;

/** Until when a reader who asks now waits. Milliseconds since the epoch. */
export const patience = (desk: Desk): number => Date.now() + (desk.waitMs ?? WAIT_MS);

/** A way to ask that never lets a reader wait beyond `until`. */
export type Working = (asked: Asked) => Promise<Answered>;

interface Work {
  hash: string;
  answer: Promise<Envelope>;
  stop: AbortController;
  readers: number;
  /** Somebody was told to come again. */
  promised: boolean;
  timer: NodeJS.Timeout | undefined;
}

/**
 * A way to ask that never lets a reader wait beyond `until`: what takes longer is `pending`, goes
 * on, and is there for whoever asks the same again. Equal questions with equal rights are one
 * work, and its answer is kept for as long as there is room. It is cancelled when its readers have left, those who were told to come again after 15 s.
 */
export function working(desk: Desk): Working {
  const running = new Map<string, Work>();
  const kept = new KeptAnswers();
  return async ({ frame, question, until, signal, hash = answerHash(desk, frame, question) }) => {
    const known = kept.get(hash);
    if (known !== undefined) {
      desk.observer?.cache('kept');
      return { hash, ...known };
    }
    // Time goes on between two times of asking; the work is still the same.
    const key = answerHash(desk, { ...frame, asOf: '' }, question);
    const found = running.get(key);
    if (found === undefined && Date.now() >= until) return { hash, envelope: PENDING };
    desk.observer?.cache(found === undefined ? 'none' : 'kept');
    const work = found ?? begin(desk, frame, question, hash);
    running.set(key, work);
    clearTimeout(work.timer);
    work.readers += 1;
    const envelope = await firstOf(work.answer, until, signal);
    work.readers -= 1;
    if (envelope !== undefined) {
      if (running.get(key) === work) {
        running.delete(key);
        // After an import meanwhile nobody knows which data it is of.
        const isStill = groundFor(desk, frame.reader).dataVersion() === frame.dataVersion;
        if (isStill && isLasting(envelope)) kept.keep(work.hash, envelope);
      }
      return { hash: work.hash, envelope };
    }
    if (!signal.aborted) work.promised = true;
    if (work.readers === 0 && running.get(key) === work) {
      const drop = () => {
        running.delete(key);
        work.stop.abort();
      };
      if (work.promised) work.timer = setTimeout(drop, KEEP_MS).unref();
      else drop();
    }
    return {
      hash,
      envelope: signal.aborted ? refusal('cancelled', 'The reader left before the answer was ready.') : PENDING,
    };
  };
}

function begin(desk: Desk, frame: Frame, question: Question, hash: string): Work {
  const stop = new AbortController();
  const answer = ask(desk, frame, question, stop.signal);
  return { hash, answer, stop, readers: 0, promised: false, timer: undefined };
}

/** The answer; `undefined` when time is up or the reader has left before. */
function firstOf(answer: Promise<Envelope>, until: number, signal: AbortSignal): Promise<Envelope | undefined> {
  return new Promise((resolve) => {
    const leave = () => resolve(undefined);
    const timer = setTimeout(leave, until - Date.now());
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    void answer.then(resolve).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
    });
  });
}

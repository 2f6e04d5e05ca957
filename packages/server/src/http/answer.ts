import type {
  AnswerContext,
  Definition,
  Envelope,
  Exchange,
  FiscalCalendar,
  MetricsEngine,
  Question,
} from '@sama/metrics/contracts';
import { canonicalJson, sha256Hex } from '@sama/metrics/definitions';
import type { LedgerDoor } from '../ledger/index.ts';
import type { Observer } from '../observe/observer.ts';
import type { Signed } from '../sign-in/signed.ts';
import { suppressor, type Suppressor } from '../sign-in/suppress.ts';
import { refusal } from './refusal.ts';

/** What answers come from. */
export interface Ground {
  engine: MetricsEngine;
  /** Changes with every import, and with every hand-off that funnels see. */
  dataVersion: () => string;
  /** ISO instant used when a question names none. */
  asOf: () => string;
}

/** What answers depend on besides the question. @beta */
export interface Desk extends Ground {
  /** Name and version of the engine: a newer one may answer otherwise. */
  engineName: string;
  definitions: () => readonly Definition[];
  timeZone: () => string;
  /**
   * What is answered from to whom small groups are hidden: data that changes with imports only, since two answers around
   * one accepted hand-off would tell of one person. Default: the same as to everybody.
   */
  settled?: Ground | undefined;
  /** Absent: commands are refused, and nobody is asked about hand-offs and terms. */
  ledger?: LedgerDoor | undefined;
  /** Default: the calendar year. */
  fiscal?: FiscalCalendar | undefined;
  /** Rates by which money is converted. Default: money of several currencies has no sum. */
  exchange?: Exchange | undefined;
  /** Whether the data is made up; every answer then says so. */
  demo: () => boolean;
  /** Milliseconds one question may take. */
  timeLimitMs: number;
  /** Milliseconds until a reader is told that the answer is being computed. Default: 5 000. */
  waitMs?: number | undefined;
  /** Hears of what is asked and answered. */
  observer?: Observer | undefined;
  /** Receives what readers must not see. */
  log: (error: unknown) => void;
}

/** The frame one answer is computed in. Read once for each request, so that a batch is of one moment. */
export interface Frame {
  definitions: readonly Definition[];
  dataVersion: string;
  asOf: string;
  timeZone: string;
  fiscal: FiscalCalendar | undefined;
  exchange: Exchange | undefined;
  demo: boolean;
  /** Who asks. */
  reader: Reader;
  /** Of the ledger: what it says, and when. */
  ledger?: { version: number; at: string };
}

/** Somebody who asks: their rights, who they are, and from how few persons groups are hidden. */
export type Reader = Pick<Signed, 'rights' | 'scopes' | 'actor' | 'suppress'>;

const hashes = new WeakMap<readonly Definition[], string>();

const fingerprint = (value: unknown): string => sha256Hex(canonicalJson(value));

/** Labels and agreement are part of answers, so they are part of the hash, unlike in a definition's own hash. */
function definitionsHash(definitions: readonly Definition[]): string {
  const known = hashes.get(definitions);
  if (known !== undefined) return known;
  const hash = fingerprint(definitions);
  hashes.set(definitions, hash);
  return hash;
}

/** What a reader is answered from. */
export function groundFor(desk: Ground & Pick<Desk, 'settled'>, { suppress }: Pick<Reader, 'suppress'>): Ground {
  return suppress === 0 ? desk : (desk.settled ?? desk);
}

/** The frame of a request that arrives now. */
export function frameOf(desk: Desk, reader: Reader): Frame {
  const ground = groundFor(desk, reader);
  return {
    definitions: desk.definitions(),
    dataVersion: ground.dataVersion(),
    asOf: ground.asOf(),
    timeZone: desk.timeZone(),
    fiscal: desk.fiscal,
    exchange: desk.exchange,
    demo: desk.demo(),
    reader,
    ...(desk.ledger === undefined ? {} : { ledger: momentOf(desk.ledger) }),
  };
}

/** Clocks move on between events, so answers about them are of a minute. */
function momentOf(ledger: LedgerDoor): NonNullable<Frame['ledger']> {
  return { version: ledger.version(), at: ledger.now().slice(0, 16) };
}

/**
 * Names the answer to a question before it is computed: a hash over everything the answer depends
 * on. Equal hashes mean equal answers, except for `computedAt`.
 */
export function answerHash(desk: Desk, frame: Frame, question: Question): string {
  return fingerprint([
    1,
    { ...question, v: 1, asOf: asOfFor(question) ?? frame.asOf, timeZone: question.timeZone ?? frame.timeZone },
    definitionsHash(frame.definitions),
    frame.dataVersion,
    frame.reader.rights,
    // Only a reader from whom groups are hidden is answered by what the scopes name.
    frame.reader.suppress === 0 ? 0 : [frame.reader.suppress, frame.reader.scopes],
    desk.engineName,
    frame.demo,
    frame.fiscal ?? null,
    frame.exchange ?? null,
    ...(isOfLedger(question) ? [frame.ledger ?? null, frame.reader.actor ?? null] : []),
  ]);
}

const isOfLedger = ({ kind }: Question): boolean => kind === 'handoffs' || kind === 'glossary';

/** The moment a question names; a ledger has none but now. */
const asOfFor = (question: Question): string | undefined => ('asOf' in question ? question.asOf : undefined);

/** Whether the answer may be kept under its hash: a failure may pass, so it may not. */
export function isLasting(envelope: Envelope): boolean {
  return envelope.status === 'ok' || envelope.status === 'empty';
}

/**
 * Asks the engine. Never rejects: what fails is an envelope that says so, without the reason's
 * internals, and `log` gets those. Stops waiting when `signal` aborts or the time is up, whether
 * or not the engine listens.
 */
export async function ask(desk: Desk, frame: Frame, question: Question, signal: AbortSignal): Promise<Envelope> {
  const began = performance.now();
  const envelope = await computed(desk, frame, question, signal);
  const [engine = ''] = desk.engineName.split(' ', 1);
  desk.observer?.question({ engine, kind: question.kind, status: envelope.status, ms: performance.now() - began });
  return envelope;
}

async function computed(desk: Desk, frame: Frame, question: Question, signal: AbortSignal): Promise<Envelope> {
  const patience = AbortSignal.timeout(desk.timeLimitMs);
  const stop = AbortSignal.any([signal, patience]);
  const context: AnswerContext = {
    definitions: frame.definitions,
    rights: frame.reader.rights,
    asOf: frame.asOf,
    timeZone: frame.timeZone,
    ...(frame.fiscal === undefined ? {} : { fiscal: frame.fiscal }),
    ...(frame.exchange === undefined ? {} : { exchange: frame.exchange }),
    ...(frame.ledger === undefined || frame.reader.actor === undefined ? {} : { reader: frame.reader.actor }),
    signal: stop,
  };
  try {
    const envelope = await Promise.race([
      answer(groundFor(desk, frame.reader).engine, frame, question, context),
      aborted(stop),
    ]);
    return frame.demo ? markDemo(envelope) : envelope;
  } catch (error) {
    if (signal.aborted) return refusal('cancelled', 'The reader left before the answer was ready.');
    if (patience.aborted) {
      const seconds = Math.round(desk.timeLimitMs / 1000);
      return refusal('timeout', `The answer took longer than ${seconds} s. Ask for a shorter period or try again.`);
    }
    desk.log(error);
    return refusal('internal', 'The question could not be answered; the log says why.');
  }
}

const suppressors = new WeakMap<MetricsEngine, Suppressor>();

/** The engine's answer, without small groups for whom they are hidden from. */
function answer(engine: MetricsEngine, { reader, dataVersion }: Frame, question: Question, context: AnswerContext) {
  const { suppress: fewest, scopes } = reader;
  if (fewest === 0) return engine.answer(question, context);
  const hiding = suppressors.get(engine) ?? suppressor(engine);
  suppressors.set(engine, hiding);
  return hiding(question, context, { fewest, scopes, data: dataVersion });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const leave = () => reject(new Error('stopped'));
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}

function markDemo(envelope: Envelope): Envelope {
  if (envelope.flags.includes('demo')) return envelope;
  return { ...envelope, flags: [...envelope.flags, 'demo'] };
}

import pino, { type Logger } from 'pino';
import * as z from 'zod/mini';
import type { RequestLine } from './observer.ts';
import { requestScope } from './request-id.ts';
import { scrubbed } from './scrub.ts';

/** From which weight on lines are written. `debug` adds the stacks of errors. */
export const LogLevel = z.enum(['debug', 'info', 'warn', 'error', 'silent']);
export type LogLevel = z.infer<typeof LogLevel>;

/** The log of a server: one JSON document a line. */
export interface Log {
  level: LogLevel;
  /** Something that failed, with the request during which it did. */
  error(error: unknown): void;
  /** Something the operator should know. */
  note(message: string): void;
  request(line: RequestLine): void;
}

/** Writes lines of JSON by `write`. */
export function openLog(level: LogLevel, write: (line: string) => void): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  let now = level;
  return {
    get level() {
      return now;
    },
    set level(next) {
      now = next;
      logger.level = next;
    },
    error: (error) => logger.error(faultOf(error, logger), 'failed'),
    note: (message) => logger.info(message),
    request: (line) => logger.info(line, 'request'),
  };
}

/** An error as far as a log may know it: its message without what names persons or lets somebody in. */
function faultOf(error: unknown, logger: Logger): Record<string, unknown> {
  const id = requestScope.getStore();
  const request = id === undefined ? {} : { id };
  if (!(error instanceof Error)) return { ...request, error: scrubbed(String(error)) };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const stack = logger.isLevelEnabled('debug') ? { stack: framesOf(error) } : {};
  return { ...request, kind: error.name, ...code, error: scrubbed(error.message), ...stack };
}

/** Where it happened: the frames alone, since the head of a stack is the whole message. */
function framesOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => scrubbed(line));
}

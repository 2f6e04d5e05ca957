import type { Reply } from './shared.ts';
import { tokenOf } from './token.ts';

/** One request as it goes out. */
export interface Ask {
  url: string;
  body: string | undefined;
  fresh: boolean;
  timeoutMs: number;
  fetch: typeof globalThis.fetch;
  fetchToken: (() => Promise<string>) | undefined;
}

const BACK_OFF_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/**
 * Sends one request and waits for its JSON. Tries once more after a network error or a 503, once
 * more with a new token after a 401, and asks again while the answer is being computed (202), all
 * within the time limit. Rejects only when `signal` is aborted.
 */
export async function exchange(ask: Ask, signal: AbortSignal): Promise<Reply> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ask.timeoutMs);
  const either = AbortSignal.any([signal, limit.signal]);
  let reply: Reply = { status: 0, failure: 'timeout', detail: `did not answer within ${ask.timeoutMs / 1000} s` };
  try {
    for (let failures = 0, renewed = false; ;) {
      const { again, ...came } = await send(ask, either, renewed);
      reply = came;
      if (came.status === 202) {
        await pause(again ?? 1000, either);
      } else if (came.status === 401 && !renewed && ask.fetchToken !== undefined) {
        renewed = true;
      } else if ((came.status === 503 || came.failure === 'unreachable') && failures === 0) {
        failures += 1;
        await pause(again ?? BACK_OFF_MS, either);
      } else {
        return came;
      }
    }
  } catch (error) {
    if (signal.aborted || !limit.signal.aborted) throw error;
    return reply;
  } finally {
    clearTimeout(timer);
  }
}

/** One try. `again` is the time the server asks to wait, in milliseconds. */
async function send(ask: Ask, signal: AbortSignal, renewed: boolean): Promise<Reply & { again?: number | undefined }> {
  const { body, fetchToken } = ask;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (fetchToken !== undefined) {
    try {
      headers['authorization'] = `Bearer ${await unlessAborted(tokenOf(fetchToken, renewed), signal)}`;
    } catch (error) {
      signal.throwIfAborted();
      return { status: 0, failure: 'unauthenticated', detail: `fetchToken failed: ${wordsOf(error)}` };
    }
  }
  try {
    const response = await ask.fetch(ask.url, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      signal,
      cache: ask.fresh ? 'reload' : 'default',
      body: body ?? null,
    });
    const again = waitOf(response.headers.get('retry-after'));
    return { status: response.status, body: jsonOf(await response.text()), again };
  } catch (error) {
    signal.throwIfAborted();
    return { status: 0, failure: 'unreachable', detail: `cannot be reached: ${wordsOf(error)}` };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in milliseconds: seconds or a date, at most ten seconds. */
function waitOf(header: string | null): number | undefined {
  const ms = /^\d+$/.test(header ?? '') ? Number(header) * 1000 : Date.parse(header ?? '') - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Waits, or rejects with the abort reason. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return unlessAborted(waited, signal).finally(() => clearTimeout(timer));
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

import { pause, unlessAborted } from './abort.ts';
import type { HttpSourceOptions } from './http-options.ts';
import type { Reply } from './shared.ts';
import { tokenOf } from './token.ts';

/** One request as it goes out. */
export interface Ask {
  url: string;
  body?: string | undefined;
  fresh?: boolean | undefined;
  /** Milliseconds it may take, retries included. */
  timeoutMs: number;
  /** How often what may heal is tried again. */
  retries: number;
  fetch: typeof globalThis.fetch;
  fetchToken: HttpSourceOptions['fetchToken'];
}

const BACK_OFF_MS = 500;
const POLL_MS = 1000;
const SHORTEST_MS = 250;
/** What may be better in a moment: too many requests, a server that is away, a gateway that waits for it. */
const HEALS = /unreachable|429|50[234]/;

/**
 * Sends one request and waits for its JSON. Tries again after a network error, half a body or a
 * status that heals, each time after twice as long, less up to half of it by chance, so that
 * readers who failed together do not come back together; once more with a new token after a 401;
 * and asks again while the answer is being computed (202). Waits as long as `Retry-After` says, or
 * gives up at once when that is beyond the time limit. Rejects only when `signal` is aborted.
 */
export async function exchange(ask: Ask, signal: AbortSignal): Promise<Reply> {
  const until = Date.now() + ask.timeoutMs;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ask.timeoutMs);
  const either = AbortSignal.any([signal, limit.signal]);
  let reply: Reply = { status: 0, failure: 'timeout', detail: `did not answer within ${ask.timeoutMs / 1000} s` };
  try {
    let refused: string | undefined;
    for (let failures = 0; ;) {
      const { reply: came, token } = await send(ask, either, refused);
      reply = came;
      if (came.status === 401 && refused === undefined && token !== undefined) {
        refused = token;
        continue;
      }
      const pending = came.status === 202;
      const heals = pending || (HEALS.test(`${came.failure} ${came.status}`) && failures < ask.retries);
      const wait = came.again ?? (pending ? POLL_MS : BACK_OFF_MS * 2 ** failures * (1 - Math.random() / 2));
      if (!heals || Date.now() + wait >= until) return came;
      failures += pending ? 0 : 1;
      await pause(wait, either);
    }
  } catch (error) {
    if (signal.aborted || !limit.signal.aborted) throw error;
    return reply;
  } finally {
    clearTimeout(timer);
  }
}

/** One try, and the token it went with. */
async function send(
  ask: Ask,
  signal: AbortSignal,
  refused: string | undefined,
): Promise<{ reply: Reply; token?: string | undefined }> {
  const { body, fetchToken } = ask;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  let token: string | undefined;
  if (fetchToken !== undefined) {
    try {
      token = await unlessAborted(tokenOf(fetchToken, refused), signal);
      headers['authorization'] = `Bearer ${token}`;
    } catch (error) {
      signal.throwIfAborted();
      return { reply: { status: 0, failure: 'unauthenticated', detail: `fetchToken failed: ${wordsOf(error)}` } };
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
    return { reply: { status: response.status, body: jsonOf(await response.text()), again }, token };
  } catch (error) {
    signal.throwIfAborted();
    return { reply: { status: 0, failure: 'unreachable', detail: `cannot be reached: ${wordsOf(error)}` } };
  }
}

/** What a text says as JSON; `undefined` when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * `Retry-After` in milliseconds: seconds, or a date (RFC 9110, 10.2.3). A server that says 0 is not
 * asked without a pause.
 */
function waitOf(header: string | null): number | undefined {
  const ms = /^\d+$/.test(header ?? '') ? Number(header) * 1000 : Date.parse(header ?? '') - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(ms, SHORTEST_MS);
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

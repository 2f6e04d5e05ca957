import type { Command, CommandOutcome } from '../contracts/index.ts';
import { unlessAborted } from './abort.ts';
import { addressOf } from './address.ts';
import type { HttpSourceOptions } from './http-options.ts';
import { isObject, mismatch } from './shape.ts';
import { outcomeShape } from './shapes.ts';
import { tokenOf } from './token.ts';

/** Whether this is the outcome of a command. */
export function isOutcome(value: unknown): value is CommandOutcome {
  return mismatch(outcomeShape, value, []) === null;
}

/** The same by its status alone; the server is trusted with the rest. */
export function hasOutcome(value: unknown): value is CommandOutcome {
  return isObject(value) && /^(done|conflict|refused)$/.test(String(value['status']));
}

const refused = (message: string): CommandOutcome => ({ status: 'refused', message });

/** The `field` of an outcome that nobody confirmed: the command may have been done, and is to be sent again as it is. */
export const UNCONFIRMED = 'connection';

/**
 * Sends one command, once, or again with a new token after a 401: whether to repeat it otherwise is for its sender to
 * decide, with the same `commandId`. Never rejects; what the server did not confirm is `refused` with the reason.
 * `fits` says whether what came is an outcome.
 */
export async function sendCommand(
  command: Command,
  options: HttpSourceOptions,
  fits: (value: unknown) => value is CommandOutcome,
): Promise<CommandOutcome> {
  const { src, fetch = globalThis.fetch, fetchToken, timeoutMs = 30_000 } = options;
  const address = addressOf(src);
  if (address === null) return refused(`src: ${src} is not an http(s) address`);
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), timeoutMs);
  const { signal } = limit;
  const body = JSON.stringify(command);
  let sent = false;
  const tokenAfter = async (refused?: string) => fetchToken && unlessAborted(tokenOf(fetchToken, refused), signal);
  const send = (token: string | undefined) => {
    const rights: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const headers = { 'content-type': 'application/json', ...rights };
    sent = true;
    return fetch(`${address}/v1/commands`, { method: 'POST', headers, body, signal });
  };
  try {
    const token = await tokenAfter();
    let response = await send(token);
    // Nothing was done with rights that no longer hold.
    if (response.status === 401 && token !== undefined) response = await send(await tokenAfter(token));
    if ([404, 405, 501].includes(response.status)) return refused('This server keeps no ledger.');
    if (response.status >= 500) throw new Error(`status ${response.status}`);
    const came: unknown = await response.json();
    const status = response.ok ? 'done' : response.status === 409 ? 'conflict' : 'refused';
    const outcome: unknown = isObject(came) ? { ...came, status } : undefined;
    return fits(outcome) ? outcome : refused('The answer to the command is not readable.');
  } catch (error) {
    const outcome = refused(`No confirmation came: ${error instanceof Error ? error.message : String(error)}`);
    return sent ? { ...outcome, field: UNCONFIRMED } : outcome;
  } finally {
    clearTimeout(timer);
  }
}

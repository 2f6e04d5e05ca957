import * as z from 'zod/mini';
import type { Command, CommandOutcome } from '../contracts/index.ts';
import { tokenOf } from './token.ts';

const Outcome = z.object({
  version: z.optional(z.int()),
  state: z.optional(z.unknown()),
  by: z.optional(z.object({ id: z.string(), name: z.string(), team: z.string() })),
  at: z.optional(z.string()),
  message: z.optional(z.string()),
});
const refused = (message: string): CommandOutcome => ({ status: 'refused', message });

/**
 * Sends one command, once: whether to repeat it is for its sender to decide, with the same
 * `commandId`. Never rejects; what the server did not confirm is `refused` with the reason.
 */
export async function sendCommand(
  address: string,
  command: Command,
  options: { fetch: typeof globalThis.fetch; fetchToken?: (() => Promise<string>) | undefined; timeoutMs: number },
): Promise<CommandOutcome> {
  const { fetch, fetchToken, timeoutMs } = options;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), timeoutMs);
  try {
    const token: Record<string, string> =
      fetchToken === undefined ? {} : { authorization: `Bearer ${await tokenOf(fetchToken)}` };
    const response = await fetch(`${address}/v1/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...token },
      body: JSON.stringify(command),
      signal: limit.signal,
    });
    if ([404, 405, 501].includes(response.status)) return refused('This server keeps no ledger.');
    const body = Outcome.safeParse(await response.json());
    if (!body.success) return refused('The answer to the command is not readable.');
    return { ...body.data, status: response.ok ? 'done' : response.status === 409 ? 'conflict' : 'refused' };
  } catch (error) {
    return refused(`No confirmation came: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    clearTimeout(timer);
  }
}

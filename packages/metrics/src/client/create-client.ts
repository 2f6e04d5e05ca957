import type { Command, CommandOutcome, DataSource, Question, QueryOptions } from '../contracts/index.ts';
import { problem } from '../problem.ts';
import { unlessAborted } from './abort.ts';
import { addressOf, noAddress } from './address.ts';
import type { ClientOptions } from './client-options.ts';
import { type EnvelopeFor, isFor } from './envelope-for.ts';
import { follow } from './follow.ts';
import { onOnline } from './page-state.ts';
import { hasOutcome, sendCommand, UNCONFIRMED } from './send-command.ts';
import { beginSession } from './session.ts';
import { forgetToken, tokenOf } from './token.ts';

/**
 * A `DataSource` over HTTP whose answers have the type of their question, and which keeps the last good ones.
 * @public
 */
export interface Client extends DataSource {
  /**
   * One answer. Questions of one microtask travel as one request, equal ones are one. Rejects only
   * when its signal is aborted. What cannot be had now gives the last good answer, flagged
   * `offline` when the server cannot be reached, else `stale`.
   */
  query<Q extends Question>(question: Q, options?: QueryOptions): Promise<EnvelopeFor<Q>>;
  /**
   * Shows the answer now and whenever it changes: at once the one that is kept, flagged `stale`
   * when it is not fresh, and then that of the server. Returns the way to stop.
   */
  watch<Q extends Question>(question: Q, show: (envelope: EnvelopeFor<Q>) => void): () => void;
  /** Forgets answers and token, for when another person signs in; all who watch or listen ask anew. */
  clear(): void;
}

/** A question that is still being computed when its time is up is watched on after so long. */
const PENDING_MS = 5000;

/**
 * A client of one server. Throws nothing: an address that is none is told with the answer.
 *
 * @example
 * const client = createClient({ src: 'https://metrics.example.com', fetchToken });
 * const { status, data } = await client.query({ kind: 'funnel', funnel: 'lead-to-won' });
 * @public
 */
export function createClient(options: ClientOptions): Client {
  const { src, fetchToken } = options;
  const address = addressOf(src);
  const listeners = new Set<() => void>();
  let person = 0;
  let troubled = false;
  let unfollow: (() => void) | undefined;
  const begin = () =>
    address === null ? undefined : beginSession(address, options, person, () => void (troubled = true));
  let session = begin();

  const query = async <Q extends Question>(question: Q, asked: QueryOptions = {}): Promise<EnvelopeFor<Q>> => {
    asked.signal?.throwIfAborted();
    if (session === undefined) return noAddress(src);
    const envelope = await session.answer(question, asked);
    if (isFor(question, envelope)) return envelope;
    return problem('invalid-answer', `data.kind: expected ${question.kind}, not ${envelope.data?.kind}`);
  };

  /** Lets all who listen ask anew, each by itself, so that one who throws stops no other. */
  const tell = () => {
    troubled = false;
    session?.expire();
    for (const listener of listeners)
      queueMicrotask(() => {
        if (listeners.has(listener)) listener();
      });
  };
  const alive = () => {
    if (troubled) tell();
  };

  const start = (): (() => void) => {
    const offOnline = onOnline(alive);
    const offServer = follow({
      meta: async (signal) => (await session?.ask(`${address}/v1/meta`, { signal })) ?? { status: 0 },
      open: async (signal) => {
        const headers: Record<string, string> = { accept: 'text/event-stream' };
        if (fetchToken !== undefined)
          headers['authorization'] = `Bearer ${await unlessAborted(tokenOf(fetchToken), signal)}`;
        return (options.fetch ?? globalThis.fetch)(`${address}/v1/live`, { headers, signal, cache: 'no-store' });
      },
      alive,
      changed: tell,
    });
    return () => {
      offOnline();
      offServer();
    };
  };

  const subscribe = (_topic: string, changed: () => void): (() => void) => {
    if (address === null) return () => undefined;
    const listener = () => changed();
    listeners.add(listener);
    unfollow ??= start();
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      unfollow?.();
      unfollow = undefined;
    };
  };

  /** Sends a command until somebody says what became of it, at most four times: by its `commandId` it is done once. */
  const command = async (given: Command, waitMs = 250): Promise<CommandOutcome> => {
    const outcome = await sendCommand(given, options, hasOutcome);
    if (outcome.field !== UNCONFIRMED || waitMs > 4000) return outcome;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    return command(given, waitMs * 4);
  };

  return {
    query,
    subscribe,
    command,
    watch(question, show) {
      let asking: AbortController | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const look = async (): Promise<void> => {
        clearTimeout(timer);
        asking?.abort();
        const { signal } = (asking = new AbortController());
        const envelope = await query(question, { signal }).catch((error: unknown) => {
          if (!signal.aborted) throw error;
        });
        if (signal.aborted || envelope === undefined) return;
        if (envelope.status === 'pending') timer = setTimeout(() => void look(), PENDING_MS);
        show(envelope);
      };
      const old = session?.old(question);
      if (old !== undefined && isFor(question, old)) show(old);
      const end = subscribe('data', () => void look());
      void look();
      return () => {
        clearTimeout(timer);
        asking?.abort();
        end();
      };
    },
    clear() {
      person += 1;
      session = begin();
      if (fetchToken !== undefined) forgetToken(fetchToken);
      unfollow?.();
      unfollow = listeners.size > 0 ? start() : undefined;
      tell();
    },
  };
}

import type { Command, CommandOutcome, DataSource } from '@sama/metrics/contracts';
import type { CommandDetail } from './command-event.ts';
import { commandId } from './command-id.ts';

/** What is done, and to what as the reader sees it. */
export type Deed = Pick<Command, 'type' | 'target' | 'payload' | 'expectedVersion'>;

/** Why a command was not done. */
export interface Failure {
  command: Command;
  outcome: CommandOutcome;
}

/**
 * Gives commands one at a time: shown as done at once, and taken back when they are not. What failed can be given
 * again under its own id, so that nothing happens twice.
 */
export class Commands {
  /** What was given and is not confirmed yet. */
  pending: Command | undefined;
  failure: Failure | undefined;

  readonly #host: HTMLElement & { requestUpdate(): void };
  readonly #source: () => DataSource | undefined;

  constructor(host: HTMLElement & { requestUpdate(): void }, source: () => DataSource | undefined) {
    this.#host = host;
    this.#source = source;
  }

  /** Resolves with the outcome; with nothing when the page has taken it over or another one is on its way. */
  async give(deed: Deed, id = commandId()): Promise<CommandOutcome | undefined> {
    if (this.pending !== undefined) return undefined;
    const command: Command = { v: 1, commandId: id, ...deed };
    const how = { bubbles: true, composed: true, cancelable: true };
    if (!this.#host.dispatchEvent(new CustomEvent<CommandDetail>('sama-command', { ...how, detail: { command } })))
      return undefined;
    this.pending = command;
    this.failure = undefined;
    this.#host.requestUpdate();
    let outcome: CommandOutcome;
    try {
      outcome = (await this.#source()?.command(command)) ?? { status: 'refused' };
    } catch (error) {
      outcome = { status: 'refused', message: String(error) };
    }
    this.pending = undefined;
    if (outcome.status !== 'done') this.failure = { command, outcome };
    this.#host.requestUpdate();
    return outcome;
  }

  /** Gives what failed once more. */
  again(): Promise<CommandOutcome | undefined> {
    const { command } = this.failure ?? {};
    return command === undefined ? Promise.resolve(undefined) : this.give(command, command.commandId);
  }

  /** Forgets what failed. */
  forget(): void {
    this.failure = undefined;
    this.#host.requestUpdate();
  }
}

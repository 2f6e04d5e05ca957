import type { Command, CommandOutcome, HandoffRow } from '@sama/metrics/contracts';
import { commandId } from '../internal/command-id.ts';
import type { Leads } from './leads.ts';

/** A command that was done, so that it can be taken back. */
export interface Done {
  row: HandoffRow;
  type: string;
  version: number;
}

/** What became of what the reader last did. */
export interface Result {
  type: string;
  done: Done[];
  /** Of those that somebody else was faster with: who did what when. */
  conflicts: { row: HandoffRow; by: string; type: string; at: number }[];
  refused: { row: HandoffRow; message: string; offline: boolean }[];
}

/** The field of a refusal that came from this page, for want of a connection. */
const OFFLINE = 'connection';

/** A hand-off as an outcome tells it; only what is looked at is checked. */
function isRow(value: unknown): value is HandoffRow {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'id') === 'string' &&
    typeof Reflect.get(value, 'version') === 'number' &&
    typeof Reflect.get(Reflect.get(value, 'last') ?? {}, 'type') === 'string'
  );
}

/** Gives commands: shows at once what they will do, and takes it back where they did not. */
export class Acts {
  /** Newest last. */
  #history: Done[][] = [];
  /** Ends when everything that was given has its outcome. */
  #settled: Promise<unknown> = Promise.resolve();
  readonly #leads: Leads;
  readonly #mayGive: (command: Command, row: HandoffRow) => boolean;

  /** @param mayGive whether the page lets this command be sent */
  constructor(leads: Leads, mayGive: (command: Command, row: HandoffRow) => boolean) {
    this.#leads = leads;
    this.#mayGive = mayGive;
  }

  /** Whether there is something to take back. */
  get canUndo(): boolean {
    return this.#history.length > 0;
  }

  forget(): void {
    this.#history = [];
  }

  /** Gives one command for each lead, in turn. */
  give(rows: readonly HandoffRow[], type: string, payload: Record<string, unknown>): Promise<Result> {
    const given = this.#give(rows, type, payload);
    this.#settled = Promise.allSettled([this.#settled, given]);
    return given;
  }

  async #give(rows: readonly HandoffRow[], type: string, payload: Record<string, unknown>): Promise<Result> {
    const result: Result = { type, done: [], conflicts: [], refused: [] };
    for (const row of rows) await this.#giveOne(row, type, payload, result);
    // What was taken back by the log is not taken back again.
    const isBack = (one: Done): boolean => result.done.some(({ row }) => row.id === one.row.id);
    if (type === 'undo') this.#history = this.#history.filter((done) => !done.every(isBack));
    else if (result.done.length > 0) this.#history.push(result.done);
    await this.#leads.refresh();
    return result;
  }

  /** Takes back what was done last, once that is done. */
  async undo(): Promise<Result | undefined> {
    await this.#settled;
    const last = this.#history.pop();
    if (last === undefined) return undefined;
    const rows = last.map(({ row, version }) => ({ ...row, version }));
    return this.give(rows, 'undo', {});
  }

  async #giveOne(row: HandoffRow, type: string, payload: Record<string, unknown>, result: Result): Promise<void> {
    const leads = this.#leads;
    const { id, version } = row;
    const command: Command = {
      v: 1,
      commandId: commandId(),
      expectedVersion: version,
      type: `handoff.${type}`,
      target: id,
      payload,
    };
    if (!this.#mayGive(command, row)) return;
    leads.setMark(id, { state: 'sending', type, at: leads.now(), version: version + 1 });
    const outcome = await this.#send(command);
    const { status, by, at, state, message = '', field } = outcome;
    if (status === 'done') {
      const reached = outcome.version ?? version + 1;
      leads.setMark(id, { state: 'done', type, at: leads.now(), version: reached });
      result.done.push({ row, type, version: reached });
    } else if (status === 'conflict') {
      const last = isRow(state) ? state.last : undefined;
      const conflict = {
        row,
        by: by?.name ?? last?.by.name ?? '',
        type: last?.type ?? '',
        at: Date.parse(at ?? last?.at ?? '') || leads.now(),
      };
      leads.setMark(id, { ...conflict, state: 'taken', version: outcome.version ?? version + 1 });
      result.conflicts.push(conflict);
    } else {
      leads.setMark(id, undefined);
      result.refused.push({ row, message, offline: field === OFFLINE });
    }
  }

  async #send(command: Command): Promise<CommandOutcome> {
    const { source } = this.#leads;
    if (source === undefined) return { status: 'refused' };
    // To be sent later it would be decided on what is long past.
    if (!navigator.onLine) return { status: 'refused', field: OFFLINE };
    try {
      return await source.command(command);
    } catch (error) {
      return { status: 'refused', message: error instanceof Error ? error.message : String(error) };
    }
  }
}

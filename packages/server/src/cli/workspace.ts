import type { Desk } from '../http/answer.ts';
import { errorText } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** Where a command works and what it assumes. */
export interface Place {
  store?: string;
  config?: string;
  asOf?: string;
  timeZone?: string;
}

/** What answering needs. */
export interface Answering {
  desk: Desk;
  close(): Promise<void>;
}

export type OpenWorkspace = (place: Place, log: (error: unknown) => void) => Promise<Answering>;

/** A store with its engine and definitions, open until closed. */
export interface Workspace extends Answering {
  isEmpty(): boolean;
  dataThrough(): string | undefined;
}

/** Writes what readers must not see. */
export function logTo(terminal: Terminal): (error: unknown) => void {
  return (error) => terminal.err(`sama: ${errorText(error)}\n`);
}
export async function openWorkspace(_place: Place, _log: (error: unknown) => void): Promise<Workspace> {
  throw new Error('no store');
}

import type { AnswerContext, Rights } from '../contracts/index.ts';
import type { HandoffActor } from '../handoff/contracts/index.ts';

/** Who asks, what they may see, and when: what every answer of a desk depends on beside its ledger. @beta */
export interface Asking {
  rights: Rights;
  reader: HandoffActor | undefined;
  /** ISO instant. */
  at: string;
  timeZone: string;
}

/** Who asks, from what a question is answered in. @beta */
export function askingOf({ rights, reader, timeZone }: AnswerContext, at: string): Asking {
  return { rights, reader, at, timeZone };
}

const has = ({ rights }: Asking, scope: string): boolean => rights.scopes.some((s) => s === '*' || s === scope);

/** Personal data is left out unless a scope names it. */
export const isMasked = (asking: Asking): boolean => !has(asking, 'personal');

/** Who may give commands: somebody who is known, with the capability. */
export function actorOf({ rights, reader }: Asking): HandoffActor | undefined {
  return rights.caps.includes('act') ? reader : undefined;
}

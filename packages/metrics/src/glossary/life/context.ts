import type { Actor, Glossary, TermDefinition } from '../../contracts/index.ts';

/** Who commands, when, and what is there beside the log of the term. @public */
export interface TermContext {
  /** From the token. */
  by: Actor;
  /** From the clock: an ISO instant. */
  at: string;
  /** The term as a file or the package has it, when it is older than the log. */
  base?: TermDefinition;
  /** The other terms, for names and references. Left out, only the term itself is checked. */
  others?: Glossary;
}

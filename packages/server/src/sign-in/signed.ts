import { OWNER_RIGHTS, type Rights } from '@sama/metrics/contracts';
import type { HandoffActor } from '@sama/metrics/handoff';
import type { TokenRequest } from './grant.ts';

/** Somebody who was let in, and what they may. @beta */
export interface Signed {
  /** For whom the token is, or whoever owns the store. */
  subject: string;
  rights: Rights;
  /** With the definitions that may be named; `rights` has the kinds only. */
  scopes: readonly string[];
  /** Who acts; undefined where a token does not say. */
  actor: HandoffActor | undefined;
  /** Pages that may use the token; none named: every page of the server's list. */
  origins: readonly string[];
  /** Groups of fewer persons are not told; 0 tells exact numbers. */
  suppress: number;
  /** The key the token was made or signed with; absent without sign-in. */
  key?: string;
  /** Whether this still holds: no token outlives its time, or its being taken back. */
  holds(): boolean;
}

/** Why somebody is not let in. The message is for them and says nothing of others. */
export class SignInError extends Error {
  override name = 'SignInError';
  readonly code: 'unauthenticated' | 'forbidden';

  constructor(code: SignInError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Makes a token. `expires` is in Unix seconds.
 *
 * @throws BeyondKeyError for more than the key has.
 * @beta
 */
export type Issue = (request: TokenRequest) => Promise<{ token: string; expires: number }>;

/**
 * Tickets, each of which opens one page once: the only secret that may stand in an address.
 *
 * @beta
 */
export interface Tickets {
  /**
   * A way to make them, for whoever shows this `Authorization`: a key of this server. `expires` is in Unix seconds.
   *
   * @throws SignInError without a key that holds.
   */
  issuer(authorization: string | undefined): (request: TokenRequest) => Promise<{ ticket: string; expires: number }>;
  /** Who comes with a ticket; undefined when it is spent, past its time, taken back or none. */
  open(ticket: string): Promise<Signed | undefined>;
}

/** The gate of a server. @beta */
export interface SignIn {
  /** Whether everybody is let in, as one person. Never reachable beyond this machine. */
  development: boolean;
  /**
   * Lets somebody in who shows this `Authorization`.
   *
   * @throws SignInError
   */
  enter(authorization: string | undefined): Promise<Signed>;
  /**
   * A way to make tokens, for whoever shows this `Authorization`: a key of this server. Absent: there are none.
   *
   * @throws SignInError without a key that holds.
   */
  issuer?(authorization: string | undefined): Issue;
  /** Absent: there are none. */
  tickets?: Tickets;
  /** Pages that keys name. Absent: none. */
  origins?(): ReadonlySet<string>;
}

/** Who owns a store has every right. */
export function owner(actor?: HandoffActor): Signed {
  return {
    subject: 'owner',
    rights: OWNER_RIGHTS,
    scopes: OWNER_RIGHTS.scopes,
    actor,
    origins: [],
    suppress: 0,
    holds: () => true,
  };
}

/** A gate that lets everybody in as one person with every right, for development on one machine. @beta */
export function developmentSignIn(actor: HandoffActor): SignIn {
  const signed = owner(actor);
  return { development: true, enter: () => Promise.resolve(signed) };
}

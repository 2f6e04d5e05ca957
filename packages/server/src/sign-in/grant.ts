import { Criteria, Rights, Version } from '@sama/metrics/contracts';
import { Role } from '@sama/metrics/handoff';
import * as z from 'zod/mini';

/** The longest life of a token, in seconds. */
export const LONGEST_SECONDS = 600;
/** The longest life of a ticket, in seconds. */
export const LONGEST_TICKET = 60;
/** Groups of fewer persons are not told, unless a key says otherwise. */
export const FEWEST = 5;

/** `https://intranet.example.com`, as a browser writes it into `Origin`. */
export const Origin = z.string().check(
  z.refine(
    (text) => {
      try {
        return new URL(text).origin === text;
      } catch {
        return false;
      }
    },
    { error: 'an origin is a scheme, a host and perhaps a port: https://intranet.example.com' },
  ),
);

const KINDS = 'funnel|eventFunnel|measure|kpi|handoffs|glossary|score|attribution|records|annotations|audit';
const NAMED = 'funnel|eventFunnel|measure|kpi|score|attribution|records';

/**
 * What may be asked: `*` everything, a kind of question, or one definition of a kind (`funnel:lead-to-won`);
 * `annotations` are those of charts, with decisions, and `audit` is the trail of the ledger; `personal` lets personal
 * data be seen.
 */
const Scope = z.string().check(
  z.regex(new RegExp(`^(\\*|personal|${KINDS}|(${NAMED}):[a-z0-9][a-z0-9_-]{0,63})$`), {
    error: `a scope is *, personal, one of ${KINDS.replaceAll('|', ', ')}, or kind:definition such as funnel:lead-to-won`,
  }),
);

const few = <T extends z.ZodMiniType>(one: T) => z.array(one).check(z.maxLength(100));
/** Fewer than two would suppress nothing; 0 says so. */
const Fewest = z
  .int()
  .check(
    z.refine((n) => n === 0 || (n >= 2 && n <= 1000), { error: 'give 0 for exact numbers, or 2 to 1000 persons' }),
  );

/** What a key may hand out and a token may do. */
export const Grant = z.strictObject({
  scopes: few(Scope),
  /** Only records these criteria hold for. */
  rows: z.optional(Criteria),
  caps: Rights.shape.caps,
  /** Pages that may use it; none named: every page that is on the server's list. */
  origins: few(Origin),
  /** Groups of fewer persons are not told; 0 tells exact numbers. */
  suppress: Fewest,
});
export type Grant = z.infer<typeof Grant>;

const line = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));

/** For whom a token is. */
const person = {
  sub: line(256),
  name: z.optional(line(200)),
  team: z.optional(line(64)),
  role: z.optional(z.enum(Role.options.filter((role) => role !== 'system'))),
};

/** The body of `POST /v1/tokens`. What is left out is as the key has it; capabilities have to be asked for. */
export const TokenRequest = z
  .strictObject({
    v: Version,
    ...person,
    /** Default: 300, of a ticket 60. */
    seconds: z.optional(z.int().check(z.minimum(1), z.maximum(LONGEST_SECONDS))),
    /** In place of a token: what opens one embed page, once, within a minute. */
    ticket: z.optional(z.boolean()),
    scopes: z.optional(Grant.shape.scopes),
    /** Narrow the rows of the key; they never widen them. */
    rows: Grant.shape.rows,
    caps: z.optional(Grant.shape.caps),
    origins: z.optional(Grant.shape.origins),
    suppress: z.optional(Grant.shape.suppress),
  })
  .check(
    z.refine(({ ticket, seconds = 0 }) => ticket !== true || seconds <= LONGEST_TICKET, {
      error: `a ticket lives ${LONGEST_TICKET} seconds at most`,
      path: ['seconds'],
    }),
  );
export type TokenRequest = z.infer<typeof TokenRequest>;

/** The answer to it. */
export const TokenAnswer = z.object({ v: Version, token: z.string(), expiresAt: z.string() });
export type TokenAnswer = z.infer<typeof TokenAnswer>;
/** The answer when a ticket was asked for. */
export const TicketAnswer = z.object({ v: Version, ticket: z.string(), expiresAt: z.string() });
export type TicketAnswer = z.infer<typeof TicketAnswer>;

/** The claims of an embed token. What a host adds beside them is passed over. */
export const Claims = z.object({
  ...person,
  jti: line(128),
  iat: z.int(),
  nbf: z.optional(z.int()),
  exp: z.int(),
  tenant: line(64),
  /** Of a token this server has made: the key it was asked for with. */
  azp: z.optional(line(64)),
  scopes: Grant.shape.scopes,
  rows: Grant.shape.rows,
  caps: z.optional(Grant.shape.caps),
  origins: z.optional(Grant.shape.origins),
  suppress: z.optional(Grant.shape.suppress),
});
export type Claims = z.infer<typeof Claims>;

/** Rights that a key does not have; the message names the field and what the key has. */
export class BeyondKeyError extends Error {
  override name = 'BeyondKeyError';
}

/**
 * What somebody gets who asks a key for this: what is left out is the key's, but for capabilities, which have to be
 * asked for; rows are those both allow.
 *
 * @throws BeyondKeyError for more than the key has.
 */
export function narrowed(key: Grant, wish: Partial<Pick<TokenRequest, keyof Grant>>): Grant {
  const { scopes = key.scopes, caps = [], origins = key.origins, suppress = key.suppress } = wish;
  const beyond = (field: keyof Grant, what: string, has: string): never => {
    throw new BeyondKeyError(`${field}: the key does not allow ${what}; it has ${has === '' ? 'none' : has}`);
  };
  const scope = scopes.find((one) => !allows(key.scopes, one));
  if (scope !== undefined) beyond('scopes', scope, key.scopes.join(', '));
  const cap = caps.find((one) => !key.caps.includes(one));
  if (cap !== undefined) beyond('caps', cap, key.caps.join(', '));
  const origin = origins.find((one) => !key.origins.includes(one));
  if (key.origins.length > 0) {
    if (origins.length === 0) beyond('origins', 'every page', key.origins.join(', '));
    if (origin !== undefined) beyond('origins', origin, key.origins.join(', '));
  }
  if (suppress < key.suppress) beyond('suppress', String(suppress), `${key.suppress} or more`);
  const rows = [key.rows, wish.rows].filter((one) => one !== undefined);
  const [only] = rows;
  return {
    scopes,
    caps,
    origins,
    suppress,
    ...(only === undefined ? {} : { rows: rows.length === 1 ? only : { all: rows } }),
  };
}

/** Whether scopes hold this one: itself, all, or the kind of a named definition. */
export function allows(scopes: readonly string[], scope: string): boolean {
  return scopes.some((one) => one === '*' || one === scope || (scope.includes(':') && one === scope.split(':')[0]));
}

/** The rights an engine is asked with. Which definitions may be named is decided before it is. */
export function rightsOf(tenant: string, { scopes, rows, caps }: Grant): Rights {
  const kinds = [...new Set(scopes.map((scope) => scope.split(':')[0] ?? ''))].sort();
  return { tenant, scopes: kinds, caps: [...caps].sort(), ...(rows === undefined ? {} : { rows }) };
}

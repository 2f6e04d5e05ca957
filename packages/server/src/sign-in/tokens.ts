import { randomUUID } from 'node:crypto';
import { errors, importJWK, jwtVerify, SignJWT, type CryptoKey, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod/mini';
import {
  BeyondKeyError,
  Claims,
  LONGEST_SECONDS,
  LONGEST_TICKET,
  narrowed,
  rightsOf,
  type TokenRequest,
} from './grant.ts';
import type { Access, Key, Keyring } from './keyring.ts';
import { Away } from '../tables/errors.ts';
import { SignInError, type Signed, type SignIn } from './signed.ts';

/** For whom tokens are. @beta */
export interface Audience {
  /** What `aud` must name. */
  audience: string;
  /** Whose data this server has. */
  tenant: string;
}

/** For whom tokens are by a configuration: `sama`, and the tenant `default`, unless it says otherwise. */
export function audienceOf(given: { [K in keyof Audience]?: string | undefined } = {}): Audience {
  return { audience: given.audience ?? 'sama', tenant: given.tenant ?? 'default' };
}

/** Seconds by which clocks may differ. */
const SKEW = 5;
/** Tokens whose signature has been checked and need not be again. */
const MOST_KNOWN = 1_000;
const STANDARD_SECONDS = 300;

/** A gate that takes tokens, and gives them to whoever has a key for that. @beta */
export type TokenSignIn = Required<SignIn>;

/** The gate of a server that may be reached by others. @beta */
export function tokenSignIn(keyring: Keyring, { audience, tenant }: Audience): TokenSignIn {
  const known = new Map<string, { claims: Claims; kid: string }>();

  const check = async (token: string): Promise<{ claims: Claims; kid: string }> => {
    const found = known.get(token);
    if (found !== undefined) return found;
    const { payload, protectedHeader } = await jwtVerify(token, keyOf(keyring), {
      audience,
      algorithms: ['EdDSA', 'HS256'],
      clockTolerance: SKEW,
      currentDate: new Date(keyring.now() * 1000),
      requiredClaims: ['exp', 'iat', 'jti', 'sub'],
      maxTokenAge: LONGEST_SECONDS,
    });
    const parsed = Claims.safeParse(payload);
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.') ?? '';
      throw new SignInError('unauthenticated', `The claim ${field} of the token is missing or not readable.`);
    }
    const checked = { claims: parsed.data, kid: protectedHeader.kid ?? '' };
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(token, checked);
    return checked;
  };

  /** The key of a token that holds; undefined when it is over, or was taken back. */
  const holding = ({ claims, kid }: { claims: Claims; kid: string }): Key | undefined => {
    const access = keyring.access();
    if (claims.exp + SKEW <= keyring.now() || access.isRevoked(claims)) return undefined;
    return granting(access, claims, kid);
  };

  return {
    development: false,
    async enter(authorization) {
      const token = bearer(authorization);
      if (token === undefined) throw new SignInError('unauthenticated', 'Send a token: Authorization: Bearer TOKEN.');
      const checked = await check(token).catch((error: unknown) => {
        throw reasonOf(error);
      });
      const { claims } = checked;
      if (claims.exp - claims.iat > LONGEST_SECONDS)
        throw new SignInError('unauthenticated', `exp: a token lives ${LONGEST_SECONDS} seconds at most.`);
      const key = holding(checked);
      if (key === undefined)
        throw new SignInError('unauthenticated', 'The token has expired or was taken back. Ask for a new one.');
      if (claims.tenant !== tenant) throw new SignInError('forbidden', 'tenant: the token is for another tenant.');
      return signedOf(
        tenant,
        claims,
        key,
        surely(() => holding(checked) !== undefined),
      );
    },
    origins: () => new Set(keyring.keys().flatMap(({ revoked, allowed }) => (revoked === null ? allowed.origins : []))),
    issuer(authorization) {
      const key = keyShown(keyring, authorization);
      return (request) => issueFor(keyring, key, request, { audience, tenant });
    },
    tickets: {
      issuer(authorization) {
        const key = keyShown(keyring, authorization);
        return async (request) => {
          const claims = await claimsFor(keyring, key, { seconds: LONGEST_TICKET, ...request }, tenant);
          return { ticket: await keyring.keepTicket(claims), expires: claims.exp };
        };
      },
      async open(ticket) {
        const claims = await keyring.takeTicket(ticket);
        const key = keyring.key(claims?.azp ?? '');
        if (claims === undefined || key === undefined || keyring.isRevoked(claims)) return undefined;
        const holds = (): boolean => !keyring.isRevoked(claims) && keyring.key(key.id) !== undefined;
        return signedOf(tenant, claims, key, surely(holds));
      },
    },
  };
}

/**
 * Makes a token by a key. `expires` is in Unix seconds.
 *
 * @throws BeyondKeyError for more than the key has.
 */
export async function issueFor(
  keyring: Keyring,
  key: Key,
  request: TokenRequest,
  { audience, tenant }: Audience,
): Promise<{ token: string; expires: number }> {
  const { kid, jwk } = await keyring.signer();
  const claims = await claimsFor(keyring, key, request, tenant);
  const token = await new SignJWT({ ...claims, aud: audience })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT' })
    .sign(await importJWK(jwk, 'EdDSA'));
  return { token, expires: claims.exp };
}

/**
 * What a key gives to somebody, kept so that it can be taken back.
 *
 * @throws BeyondKeyError for more than the key has.
 */
async function claimsFor(
  keyring: Keyring,
  key: Key,
  { v: _, ticket: _ticket, sub, name, team, role, seconds = STANDARD_SECONDS, ...wish }: TokenRequest,
  tenant: string,
): Promise<Omit<Claims, 'nbf'>> {
  const grant = narrowed(key.allowed, wish);
  const now = keyring.now();
  const jti = randomUUID();
  const times = { iat: now, exp: now + seconds };
  await keyring.remember({ jti, key: key.id, sub, issued: times.iat, expires: times.exp });
  // Rows of the key are added whenever it is shown.
  return { sub, name, team, role, tenant, jti, azp: key.id, ...times, ...grant, rows: wish.rows };
}

/** Who is in stays in for as long as it can be said that they may. */
const surely = (holds: () => boolean) => (): boolean => {
  try {
    return holds();
  } catch (error) {
    if (error instanceof Away) return false;
    throw error;
  }
};

/** @throws SignInError without a key that holds. */
function keyShown(keyring: Keyring, authorization: string | undefined): Key {
  const secret = bearer(authorization);
  const key = secret === undefined ? undefined : keyring.bySecret(secret);
  if (key === undefined)
    throw new SignInError('unauthenticated', 'Send a key of this server: Authorization: Bearer sama_…');
  return key;
}

function bearer(authorization: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
}

/** The key whose grant a token has: the one that signed it, or was shown for it. */
function granting(access: Access, claims: Claims, kid: string): Key | undefined {
  if (access.signerOf(kid) !== undefined) return access.key(claims.azp ?? '');
  return access.key(kid);
}

/** The key to check a signature with. Its algorithm is the key's, whatever the token says. */
function keyOf(keyring: Keyring): JWTVerifyGetKey {
  const verifying = async ({ kid = '', alg }: { kid?: string; alg?: string }): Promise<CryptoKey | Uint8Array> => {
    // A pair that another server has just made signs at once.
    if (keyring.signerOf(kid) === undefined && keyring.key(kid) === undefined) await keyring.refresh();
    const own = keyring.signerOf(kid);
    const key = own === undefined ? keyring.key(kid) : undefined;
    if (own !== undefined && alg === 'EdDSA') {
      const { d: _, ...open } = own.jwk;
      return importJWK(open, 'EdDSA');
    }
    if (key?.use === 'EdDSA' && alg === 'EdDSA')
      return importJWK(z.parse(z.looseObject({ kty: z.string() }), JSON.parse(key.secret)), 'EdDSA');
    if (key?.use === 'HS256' && alg === 'HS256') return new TextEncoder().encode(key.secret);
    throw new SignInError('unauthenticated', 'The token is signed by a key that does not hold here.');
  };
  return verifying;
}

function reasonOf(error: unknown): SignInError {
  if (error instanceof SignInError) return error;
  const refuse = (message: string): SignInError => new SignInError('unauthenticated', message);
  if (error instanceof errors.JWTExpired) return refuse('The token has expired. Ask for a new one.');
  if (error instanceof errors.JWTClaimValidationFailed)
    return refuse(`The claim ${error.claim} of the token does not fit this server or this moment.`);
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return refuse('The token is signed by a key that does not hold here.');
  return refuse('The token is not readable: send a JWT signed with EdDSA or HS256 that names its key by kid.');
}

/** @throws SignInError when the token says more than its key may. */
function signedOf(tenant: string, claims: Claims, key: Key, holds: () => boolean): Signed {
  try {
    const grant = narrowed(key.allowed, claims);
    const { sub: id, name = id, team, role } = claims;
    return {
      subject: id,
      rights: rightsOf(tenant, grant),
      scopes: grant.scopes,
      actor: team === undefined || role === undefined ? undefined : { id, name, team, role },
      origins: grant.origins,
      suppress: grant.suppress,
      key: key.id,
      holds,
    };
  } catch (error) {
    if (error instanceof BeyondKeyError) throw new SignInError('forbidden', error.message);
    throw error;
  }
}

import type { JWTPayload } from 'jose';
import { SignJWT } from 'jose';
import { onTestFinished } from 'vitest';
import { FEWEST, type Grant } from '../sign-in/grant.ts';
import { Keyring } from '../sign-in/keyring.ts';
import { tokenSignIn } from '../sign-in/tokens.ts';
import { temporaryFolder } from './stores.ts';

/** Everything, with exact numbers. */
export const ALL: Grant = { scopes: ['*'], caps: ['drill', 'export', 'act'], origins: [], suppress: 0 };
/** What a key gets that nothing else is said of. */
export const LITTLE: Grant = { scopes: ['funnel:lead-to-won'], caps: [], origins: [], suppress: FEWEST };

/** Noon of a day, in Unix seconds: the clock of test keyrings, until a test moves it. */
export const NOON = 1_781_611_200;

/** Keys in a new folder, a gate over them, and a way to sign tokens as a host does. */
export async function testSignIn(now: () => number = () => NOON) {
  const folder = await temporaryFolder();
  const keyring = await Keyring.open(folder, now);
  onTestFinished(() => keyring.close());
  const signIn = tokenSignIn(keyring, { audience: 'sama', tenant: 'default' });
  const { key, secret } = await keyring.add('host', 'HS256', ALL);
  /** The claims of a token that is right. */
  const right = (changes: Record<string, unknown> = {}): JWTPayload => ({
    aud: 'sama',
    tenant: 'default',
    sub: 'dana',
    jti: crypto.randomUUID(),
    iat: now(),
    exp: now() + 300,
    name: 'Dana',
    team: 'sales',
    role: 'seller',
    scopes: ['*'],
    caps: ['drill', 'export', 'act'],
    ...changes,
  });
  const sign = (claims: JWTPayload, by: { secret: string; kid: string } = { secret, kid: key.id }): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: by.kid }).sign(new TextEncoder().encode(by.secret));
  return { folder, keyring, signIn, hostKey: key, right, sign };
}

/** The header that shows a token or key. */
export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

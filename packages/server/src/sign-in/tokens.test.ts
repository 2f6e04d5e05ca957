import { createHmac, generateKeyPairSync } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt, exportJWK, SignJWT } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ALL, bearer, LITTLE, NOON, testSignIn } from '../testing/sign-in.ts';
import { BeyondKeyError, narrowed } from './grant.ts';
import { Keyring } from './keyring.ts';
import { SignInError } from './signed.ts';
import { tokenSignIn } from './tokens.ts';

const refused = (code: 'unauthenticated' | 'forbidden', message: RegExp) =>
  expect.objectContaining({ name: 'SignInError', code, message: expect.stringMatching(message) });

describe('a token', () => {
  test('that a host has signed is let in with what it says, within its key', async () => {
    const { signIn, sign, right } = await testSignIn();
    const claims = right({
      scopes: ['funnel:lead-to-won', 'handoffs'],
      rows: { field: 'attributes.region', eq: 'DACH' },
    });
    const signed = await signIn.enter(`Bearer ${await sign(claims)}`);
    expect(signed).toMatchObject({
      rights: {
        tenant: 'default',
        scopes: ['funnel', 'handoffs'],
        caps: ['act', 'drill', 'export'],
        rows: {
          field: 'attributes.region',
          eq: 'DACH',
        },
      },
      actor: { id: 'dana', name: 'Dana', team: 'sales', role: 'seller' },
      suppress: 0,
    });
    expect(signed.holds()).toBe(true);
    const { team: _, ...nobody } = right();
    expect((await signIn.enter(`Bearer ${await sign(nobody)}`)).actor).toBeUndefined();
  });

  test('gets no capability that it does not name, and hides what its key hides', async () => {
    const { keyring, signIn, sign, right } = await testSignIn();
    const { key, secret } = await keyring.add('board', 'HS256', LITTLE);
    const { caps: _, ...claims } = right({ scopes: LITTLE.scopes });
    const signed = await signIn.enter(`Bearer ${await sign(claims, { kid: key.id, secret })}`);
    expect(signed).toMatchObject({ rights: { caps: [] }, suppress: 5 });
    const exact = await sign({ ...claims, suppress: 0 }, { kid: key.id, secret });
    await expect(signIn.enter(`Bearer ${exact}`)).rejects.toEqual(refused('forbidden', /^suppress: the key does not/));
  });

  test.each([
    ['exp', { exp: NOON - 10 }, /has expired/],
    ['nbf', { nbf: NOON + 60 }, /claim nbf/],
    ['iat', { iat: NOON + 60, exp: NOON + 300 }, /claim iat/],
    ['life', { exp: NOON + 601 }, /600 seconds at most/],
    ['age', { iat: NOON - 700, exp: NOON + 30 }, /has expired|600 seconds/],
    ['aud', { aud: 'other' }, /claim aud/],
    ['scopes', { scopes: ['everything'] }, /claim scopes/],
    ['role', { role: 'system' }, /claim role/],
    ['rows', { rows: { field: 'secret', eq: 1 } }, /claim rows/],
    ['sub', { sub: undefined }, /claim sub/],
    ['jti', { jti: undefined }, /claim jti/],
  ])('with a wrong %s is refused', async (_, changes, message) => {
    const { signIn, sign, right } = await testSignIn();
    await expect(signIn.enter(`Bearer ${await sign(right(changes))}`)).rejects.toEqual(
      refused('unauthenticated', message),
    );
  });

  test('of no key, another key, no algorithm or another algorithm is refused', async () => {
    const { keyring, signIn, sign, right, hostKey } = await testSignIn();
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const { key: pair } = await keyring.add('pair', 'EdDSA', ALL, { publicKey: await exportJWK(publicKey) });
    const confused = `${part({ alg: 'HS256', kid: pair.id })}.${part(right())}`;
    const mac = createHmac('sha256', pair.secret).update(confused).digest('base64url');
    const tokens = [
      await sign(right(), { kid: hostKey.id, secret: 'x'.repeat(43) }),
      await sign(right(), { kid: 'sign_none', secret: 'x'.repeat(43) }),
      `${part({ alg: 'none', kid: hostKey.id })}.${part(right())}.`,
      `${part({ alg: 'none' })}.${part(right())}.`,
      `${confused}.${mac}`,
      await new SignJWT(right()).setProtectedHeader({ alg: 'EdDSA', kid: hostKey.id }).sign(privateKey),
      'a.b.c',
    ];
    for (const token of tokens) {
      await expect(signIn.enter(`Bearer ${token}`)).rejects.toBeInstanceOf(SignInError);
      await expect(signIn.enter(`Bearer ${token}`)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
    for (const header of [undefined, '', 'Bearer', 'Basic abc', 'Bearer a b']) {
      await expect(signIn.enter(header)).rejects.toEqual(refused('unauthenticated', /Send a token/));
    }
    const good = await new SignJWT(right()).setProtectedHeader({ alg: 'EdDSA', kid: pair.id }).sign(privateKey);
    expect((await signIn.enter(`Bearer ${good}`)).actor?.id).toBe('dana');
  });

  test('of another tenant is refused without a word about this one', async () => {
    const { signIn, sign, right } = await testSignIn();
    await expect(signIn.enter(`Bearer ${await sign(right({ tenant: 'acme' }))}`)).rejects.toEqual(
      refused('forbidden', /^tenant: the token is for another tenant\.$/),
    );
  });
});

describe('what is taken back', () => {
  test('holds no longer, at once, for who is in too, and after a restart', async () => {
    let now = NOON;
    const { folder, keyring, signIn, sign, right } = await testSignIn(() => now);
    const [one, other] = [await sign(right({ jti: 'one' })), await sign(right({ jti: 'other' }))];
    const inside = await signIn.enter(`Bearer ${one}`);
    const another = await Keyring.open(folder, () => now);
    await another.revoke('token', 'one');
    expect(inside.holds()).toBe(false);
    await expect(signIn.enter(`Bearer ${one}`)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect((await signIn.enter(`Bearer ${other}`)).holds()).toBe(true);
    await another.revoke('subject', 'dana');
    await another.close();
    const again = await Keyring.open(folder, () => now);
    const after = tokenSignIn(again, { audience: 'sama', tenant: 'default' });
    await expect(after.enter(`Bearer ${other}`)).rejects.toMatchObject({ code: 'unauthenticated' });
    now += 1;
    expect((await after.enter(`Bearer ${await sign(right())}`)).holds()).toBe(true);
    await again.close();
    expect(keyring.keys().length).toBe(1);
  });

  test('a key takes its tokens with it; so does its end', async () => {
    let now = NOON;
    const { keyring, signIn } = await testSignIn(() => now);
    const { key, secret } = await keyring.add('intranet', 'issue', ALL, { expires: NOON + 100 });
    const { token } = await signIn.issuer(`Bearer ${secret}`)({ v: 1, sub: 'dana' });
    const inside = await signIn.enter(`Bearer ${token}`);
    now += 100;
    expect(inside.holds()).toBe(false);
    expect(() => signIn.issuer(`Bearer ${secret}`)).toThrow('Send a key');
    now -= 100;
    expect(inside.holds()).toBe(true);
    await keyring.revokeKey(key.id);
    await expect(signIn.enter(`Bearer ${token}`)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(keyring.revokeKey(key.id)).rejects.toThrow('no key');
  });
});

test('keys are rotated while tokens of the old pair live out their time', async () => {
  let now = NOON;
  const { keyring, signIn } = await testSignIn(() => now);
  const { secret } = await keyring.add('intranet', 'issue', ALL);
  const issue = signIn.issuer(`Bearer ${secret}`);
  const { token } = await issue({ v: 1, sub: 'dana', seconds: 600 });
  const old = await keyring.signer();
  await keyring.rotate();
  const { token: next } = await issue({ v: 1, sub: 'dana' });
  expect((await signIn.enter(`Bearer ${token}`)).holds()).toBe(true);
  expect((await signIn.enter(`Bearer ${next}`)).holds()).toBe(true);
  expect((await keyring.signer()).kid).not.toBe(old.kid);
  now += 601;
  expect(keyring.signerOf(old.kid)).toBeUndefined();
  await expect(signIn.enter(`Bearer ${token}`)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('secrets are kept as hashes, in files nobody else reads, and tokens are listed until they expire', async () => {
  let now = NOON;
  const { folder, keyring, signIn } = await testSignIn(() => now);
  const { key, secret } = await keyring.add('intranet', 'issue', ALL);
  expect(JSON.stringify(keyring.keys())).not.toContain(secret);
  for (const file of ['access.sqlite', 'access.sqlite-wal'])
    expect(statSync(join(folder, file)).mode & 0o077, file).toBe(0);
  const { token } = await signIn.issuer(`Bearer ${secret}`)({ v: 1, sub: 'dana', seconds: 60 });
  const { jti } = decodeJwt(token);
  expect(await keyring.issued()).toEqual([{ jti, key: key.id, sub: 'dana', issued: NOON, expires: NOON + 60 }]);
  now += 61;
  expect(await keyring.issued()).toEqual([]);
});

test('nobody gets more from a key than it has', () => {
  const key = {
    ...LITTLE,
    rows: { field: 'owner', eq: 'ann' },
    caps: ['drill'] as const,
    origins: ['https://a.example'],
  };
  const grant = { ...key, caps: [...key.caps] };
  expect(narrowed(grant, {})).toEqual({ ...grant, caps: [] });
  expect(narrowed(grant, { rows: { any: [] } }).rows).toEqual({ all: [key.rows, { any: [] }] });
  for (const wish of [
    { scopes: ['*'] },
    { scopes: ['funnel'] },
    { scopes: ['funnel:other'] },
    { caps: ['act' as const] },
    { origins: [] },
    { origins: ['https://b.example'] },
    { suppress: 0 },
    { suppress: 4 },
  ])
    expect(() => narrowed(grant, wish), JSON.stringify(wish)).toThrow(BeyondKeyError);
  expect(narrowed(grant, { suppress: 9, scopes: [] })).toMatchObject({ suppress: 9, scopes: [] });
});

test('what another process takes back or adds holds at once', async () => {
  const { folder, keyring, hostKey, signIn, right, sign } = await testSignIn();
  const other = await Keyring.open(folder, () => NOON);
  onTestFinished(() => other.close());
  const shown = bearer(await sign(right({ jti: 'a' })))['authorization'];
  const again = bearer(await sign(right({ jti: 'b' })))['authorization'];
  await signIn.enter(shown);
  await other.revoke('token', 'a');
  await expect(signIn.enter(shown)).rejects.toThrow('taken back');
  const signed = await signIn.enter(again);
  await other.revoke('subject', signed.subject);
  expect(signed.holds()).toBe(false);
  const { key } = await other.add('second', 'issue', { ...ALL, origins: ['https://second.example.com'] });
  expect(keyring.key(key.id)).toEqual(key);
  expect(signIn.origins()).toContain('https://second.example.com');
  await other.revokeKey(hostKey.id);
  expect(keyring.key(hostKey.id)).toBeUndefined();
  const { kid } = await other.rotate();
  expect(keyring.signerOf(kid)?.kid).toBe(kid);
});

import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeJwt, SignJWT } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { Keyring } from '../sign-in/keyring.ts';
import { audienceOf, tokenSignIn } from '../sign-in/tokens.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { recordedTerminal } from '../testing/terminal.ts';
import { run } from './run.ts';
import { tokenCommand } from './token.ts';

/** `sama token` over a new store, and the gate of a server over the same. */
async function desk() {
  const store = await temporaryFolder();
  const sama = async (...args: readonly string[]) => {
    const terminal = recordedTerminal();
    const code = await run(tokenCommand(terminal), [...args, '--store', store], terminal);
    return { code, ...terminal.written };
  };
  const keyring = await Keyring.open(store);
  onTestFinished(() => keyring.close());
  return { store, sama, keyring, signIn: tokenSignIn(keyring, audienceOf()) };
}

test('a key is made and said once, listed without its secret, asks for tokens, and is taken back', async () => {
  const { sama, signIn } = await desk();
  expect((await sama('keys')).out).toMatch(/no keys/);
  const made = await sama('key', 'intranet', '--scope', 'funnel', '--cap', 'act', '--origin', 'https://a.example');
  expect(made).toMatchObject({ code: 0, err: expect.stringMatching(/^Key key_\w+\. Its secret is said this once/) });
  const secret = made.out.trim();
  const { token } = await signIn.issuer(`Bearer ${secret}`)({ v: 1, sub: 'dana' });
  expect((await signIn.enter(`Bearer ${token}`)).origins).toEqual(['https://a.example']);
  const { out } = await sama('keys');
  expect(out).toMatch(/intranet +issue +funnel +act +https:\/\/a\.example +5 /);
  expect(out).not.toContain(secret);
  expect((await sama('list')).out).toContain(String(decodeJwt(token).jti));
  const [id = ''] = /key_\w+/.exec(made.err) ?? [];
  expect((await sama('revoke-key', id)).code).toBe(0);
  await expect(signIn.enter(`Bearer ${token}`)).rejects.toThrow('taken back');
  expect((await sama('list')).out).toMatch(/ yes$/m);
  expect(await sama('revoke-key', id)).toMatchObject({ code: 1, err: expect.stringMatching(/sama token keys/) });
});

test('a token to try things with is made within its key, and taken back with all of its person', async () => {
  const { sama, signIn } = await desk();
  await sama('key', 'board', '--scope', 'funnel:lead-to-won', '--rows', '{"field":"owner","eq":"ann"}');
  const { out } = await sama('create', 'board', '--sub', 'dana', '--team', 'sales', '--role', 'seller');
  const signed = await signIn.enter(`Bearer ${out.trim()}`);
  expect(signed).toMatchObject({ suppress: 5, rights: { scopes: ['funnel'], rows: { field: 'owner' }, caps: [] } });
  expect(await sama('create', 'board', '--sub', 'dana', '--suppress', '0')).toMatchObject({ code: 1 });
  expect(await sama('create', 'nobody', '--sub', 'dana')).toMatchObject({ code: 2 });
  await sama('revoke', '--subject', 'dana');
  expect(signed.holds()).toBe(false);
  await sama('rotate');
});

test('a host that signs itself brings its public key', async () => {
  const { store, sama, signIn } = await desk();
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const file = join(store, 'crm.pem');
  await writeFile(file, publicKey.export({ type: 'spki', format: 'pem' }));
  const { err } = await sama('key', 'crm', '--use', 'EdDSA', '--public-key', file, '--scope', '*', '--suppress', '0');
  const [kid = ''] = /sign_\w+/.exec(err) ?? [];
  const iat = Math.floor(Date.now() / 1000);
  const claims = { aud: 'sama', tenant: 'default', sub: 'dana', jti: 'one', iat, exp: iat + 60, scopes: ['*'] };
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid }).sign(privateKey);
  expect((await signIn.enter(`Bearer ${token}`)).suppress).toBe(0);
});

test.each([
  [['key', 'a'], /--scope/],
  [['key', 'a', '--scope', 'all'], /a scope is \*, personal/],
  [['key', 'a', '--scope', '*', '--cap', 'fly'], /caps/],
  [['key', 'a', '--scope', '*', '--origin', 'a.example'], /an origin is/],
  [['key', 'a', '--scope', '*', '--rows', '{'], /not JSON/],
  [['key', 'a', '--scope', '*', '--rows', '{"field":"x"}'], /rows/],
  [['key', 'a', '--scope', '*', '--suppress', '1'], /0 for exact numbers, or 2/],
  [['key', 'a', '--scope', '*', '--use', 'EdDSA'], /--public-key/],
  [['revoke'], /Name a token, or --subject/],
])('%j is wrong usage, and says why', async (args, message) => {
  const { sama } = await desk();
  expect(await sama(...args)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
});

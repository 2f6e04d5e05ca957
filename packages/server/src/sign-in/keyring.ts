import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import * as z from 'zod/mini';
import { openDatabase } from '../ledger/database.ts';
import { Claims, Grant, LONGEST_SECONDS } from './grant.ts';

/** The statements that lead from the version before to each version. They are never changed once released. */
const STEPS: readonly string[] = [
  `CREATE TABLE keys (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     use TEXT NOT NULL,
     secret TEXT NOT NULL,
     allowed TEXT NOT NULL,
     created INTEGER NOT NULL,
     expires INTEGER,
     revoked INTEGER
   ) STRICT;
   CREATE TABLE signers (kid TEXT PRIMARY KEY, jwk TEXT NOT NULL, created INTEGER NOT NULL, retired INTEGER) STRICT;
   CREATE TABLE tokens (
     jti TEXT PRIMARY KEY,
     key TEXT NOT NULL,
     sub TEXT NOT NULL,
     issued INTEGER NOT NULL,
     expires INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE revoked (what TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (what, id)) STRICT;`,
  'CREATE TABLE tickets (hash TEXT PRIMARY KEY, claims TEXT NOT NULL, expires INTEGER NOT NULL) STRICT;',
];
/** The version of these tables. */
export const KEYRING_VERSION = STEPS.length;

/** What a key is for: asking for tokens, or signing them elsewhere with a shared secret or a key pair. */
export const KeyUse = z.enum(['issue', 'HS256', 'EdDSA']);
export type KeyUse = z.infer<typeof KeyUse>;

const seconds = z.nullable(z.int());
const KeyRow = z.object({
  id: z.string(),
  name: z.string(),
  use: KeyUse,
  secret: z.string(),
  allowed: z.string(),
  created: z.int(),
  expires: seconds,
  revoked: seconds,
});

/** A key of a host. `secret` is a hash, a shared secret or a public key, as `use` says. Times are Unix seconds. */
export type Key = Omit<z.infer<typeof KeyRow>, 'allowed'> & { allowed: Grant };

const SignerRow = z.object({ kid: z.string(), jwk: z.string(), created: z.int(), retired: seconds });
/** A key pair by which this server signs. */
export type Signer = Omit<z.infer<typeof SignerRow>, 'jwk'> & { jwk: JWK };
const Jwk = z.looseObject({ kty: z.string() });

/** A token this server has made. Times are Unix seconds. */
export const Issued = z.object({
  jti: z.string(),
  key: z.string(),
  sub: z.string(),
  issued: z.int(),
  expires: z.int(),
});
export type Issued = z.infer<typeof Issued>;

const RevokedRow = z.object({ what: z.string(), id: z.string(), at: z.int() });

/** What decides who is let in, as it stood at one look. */
export interface Access {
  /** All keys, oldest first. */
  keys: readonly Key[];
  /** A key that is neither taken back nor past its time. */
  key(id: string): Key | undefined;
  /** A pair by its name, while tokens it has signed may live. */
  signerOf(kid: string): Signer | undefined;
  /** Whether a token was taken back. */
  isRevoked(claims: { jti: string; sub: string; iat: number }): boolean;
}

/** What is not there: the message says so. */
class NoSuchKeyError extends Error {
  override name = 'NoSuchKeyError';
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The keys of a store and what was taken back, in `access.sqlite`. It is looked at in every request, so that what another
 * process takes back holds at once. Of a key that asks for tokens only the hash is kept.
 * @beta
 */
export class Keyring {
  readonly #database: DatabaseSync;
  readonly #now: () => number;
  /** Statements are asked at every request, so each is prepared once. */
  readonly #statements = new Map<string, StatementSync>();
  /** What was read since the file was last written, by anybody: it is asked for at every request. */
  #access: Access | undefined;
  #version: unknown;

  private constructor(database: DatabaseSync, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /**
   * Opens the keys of a store's folder.
   *
   * @param now Unix seconds. Default: the clock.
   * @throws Error when they cannot be read or were written by a newer Sama.
   */
  static open(folder: string, now: () => number = () => Math.floor(Date.now() / 1000)): Keyring {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'access.sqlite');
    // Secrets stand in it: nobody else may read it, nor the files SQLite puts beside it.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    return new Keyring(openDatabase(path, STEPS), now);
  }

  now(): number {
    return this.#now();
  }

  /** Whether somebody has ever made a key: from then on nobody gets in without. */
  isUsed(): boolean {
    return this.#all('SELECT 1 FROM keys LIMIT 1').length > 0;
  }

  /** One look at what stands in the file: it is read again when another process has written it, or this one. */
  access(): Access {
    // Changes when another connection commits.
    const version = this.#prepared('PRAGMA data_version').get()?.['data_version'];
    if (this.#access === undefined || version !== this.#version) {
      this.#version = version;
      this.#access = this.#readAccess();
    }
    return this.#access;
  }

  /** All keys, oldest first. */
  keys(): readonly Key[] {
    return this.access().keys;
  }

  /** A key that is neither taken back nor past its time. */
  key(id: string): Key | undefined {
    return this.access().key(id);
  }

  /** The key whose secret this is, when it still holds. */
  bySecret(secret: string): Key | undefined {
    const [row] = this.#all("SELECT id FROM keys WHERE use = 'issue' AND secret = ?", sha256(secret));
    return row === undefined ? undefined : this.key(z.parse(z.object({ id: z.string() }), row).id);
  }

  /**
   * Adds a key to ask for tokens (`issue`), or one by which a host signs tokens itself.
   *
   * @param publicKey of `EdDSA`: a JWK.
   * @returns the key, and what its holder needs: said this once and never again.
   */
  add(
    name: string,
    use: KeyUse,
    allowed: Grant,
    options: { expires?: number; publicKey?: JWK } = {},
  ): { key: Key; secret: string } {
    const id = `${use === 'issue' ? 'key' : 'sign'}_${randomBytes(6).toString('hex')}`;
    const random = randomBytes(32).toString('base64url');
    const secret = use === 'issue' ? `sama_${random}` : use === 'HS256' ? random : '';
    const kept = use === 'issue' ? sha256(secret) : use === 'HS256' ? random : JSON.stringify(options.publicKey);
    this.#run(
      'INSERT INTO keys (id, name, use, secret, allowed, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      name,
      use,
      kept,
      JSON.stringify(allowed),
      this.#now(),
      options.expires ?? null,
    );
    const key = this.key(id);
    if (key === undefined) throw new NoSuchKeyError(`the key ${name} is past its time already`);
    return { key, secret };
  }

  /** Takes a key back, and with it every token it was asked for or has signed. */
  revokeKey(id: string): void {
    if (this.#run('UPDATE keys SET revoked = ? WHERE id = ? AND revoked IS NULL', this.#now(), id) === 0)
      throw new NoSuchKeyError(`there is no key ${id} that still holds; sama token keys lists them`);
  }

  /** The pair to sign with; made when there is none. */
  async signer(): Promise<Signer> {
    const [row] = this.#all('SELECT * FROM signers WHERE retired IS NULL ORDER BY created DESC, kid LIMIT 1');
    return row === undefined ? this.rotate() : signerOf(row);
  }

  /** A pair by its name, while tokens it has signed may live. */
  signerOf(kid: string): Signer | undefined {
    return this.access().signerOf(kid);
  }

  /** Signs with a new pair from now on. Tokens the old one has signed live out their time. */
  async rotate(): Promise<Signer> {
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const jwk = await exportJWK(privateKey);
    const kid = `own_${randomBytes(6).toString('hex')}`;
    const now = this.#now();
    this.#run('UPDATE signers SET retired = ? WHERE retired IS NULL', now);
    this.#run('INSERT INTO signers (kid, jwk, created) VALUES (?, ?, ?)', kid, JSON.stringify(jwk), now);
    return { kid, jwk, created: now, retired: null };
  }

  /** Keeps that a token was made, until its time is over. */
  remember({ jti, key, sub, issued, expires }: Issued): void {
    this.#run('DELETE FROM tokens WHERE expires < ?', this.#now());
    this.#run('DELETE FROM revoked WHERE at < ?', this.#now() - 2 * LONGEST_SECONDS);
    this.#run(
      'INSERT INTO tokens (jti, key, sub, issued, expires) VALUES (?, ?, ?, ?, ?)',
      jti,
      key,
      sub,
      issued,
      expires,
    );
  }

  /** Keeps what a new ticket is for, until it is taken or its time is over. Only its hash is kept, of 192 random bits. */
  keepTicket(claims: Claims): string {
    const ticket = randomBytes(24).toString('base64url');
    this.#run('DELETE FROM tickets WHERE expires <= ?', this.#now());
    const text = 'INSERT INTO tickets (hash, claims, expires) VALUES (?, ?, ?)';
    this.#run(text, sha256(ticket), JSON.stringify(claims), claims.exp);
    return ticket;
  }

  /** What a ticket is for, once: of several who show it at the same time one gets it. */
  takeTicket(ticket: string): Claims | undefined {
    const text = 'DELETE FROM tickets WHERE hash = ? AND expires > ? RETURNING claims';
    const [row] = this.#all(text, sha256(ticket), this.#now());
    if (row === undefined) return undefined;
    return z.parse(Claims, JSON.parse(z.parse(z.object({ claims: z.string() }), row).claims));
  }

  /** Tokens this server has made that have not expired, newest first. */
  issued(): Issued[] {
    const rows = this.#all('SELECT * FROM tokens WHERE expires > ? ORDER BY issued DESC, jti', this.#now());
    return rows.map((row) => z.parse(Issued, row));
  }

  /** Takes back one token, or all of a subject that were made until now. */
  revoke(what: 'token' | 'subject', id: string): void {
    this.#run(
      'INSERT INTO revoked (what, id, at) VALUES (?, ?, ?) ON CONFLICT (what, id) DO UPDATE SET at = excluded.at',
      what,
      id,
      this.#now(),
    );
  }

  /** Whether a token was taken back. */
  isRevoked(claims: { jti: string; sub: string; iat: number }): boolean {
    return this.access().isRevoked(claims);
  }

  close(): void {
    this.#database.close();
  }

  #readAccess(): Access {
    const keys = this.#all('SELECT * FROM keys ORDER BY created, id').map(keyOf);
    const keyById = new Map(keys.map((key) => [key.id, key]));
    const signers = new Map(this.#all('SELECT * FROM signers').map((row) => [signerOf(row).kid, signerOf(row)]));
    const rows = this.#all('SELECT what, id, at FROM revoked').map((row) => z.parse(RevokedRow, row));
    const revoked = new Map(rows.map(({ what, id, at }) => [`${what} ${id}`, at]));
    return {
      keys,
      key: (id) => {
        const key = keyById.get(id);
        const over = key === undefined || key.revoked !== null || (key.expires !== null && key.expires <= this.#now());
        return over ? undefined : key;
      },
      signerOf: (kid) => {
        const signer = signers.get(kid);
        const over = signer !== undefined && signer.retired !== null && signer.retired + LONGEST_SECONDS < this.#now();
        return over ? undefined : signer;
      },
      isRevoked: ({ jti, sub, iat }) => revoked.has(`token ${jti}`) || (revoked.get(`subject ${sub}`) ?? -1) >= iat,
    };
  }

  #prepared(text: string): StatementSync {
    const known = this.#statements.get(text) ?? this.#database.prepare(text);
    this.#statements.set(text, known);
    return known;
  }

  #all(text: string, ...values: SQLInputValue[]): unknown[] {
    return this.#prepared(text).all(...values);
  }

  #run(text: string, ...values: SQLInputValue[]): number {
    this.#access = undefined;
    return Number(this.#prepared(text).run(...values).changes);
  }
}

function keyOf(row: unknown): Key {
  const { allowed, ...rest } = z.parse(KeyRow, row);
  return { ...rest, allowed: z.parse(Grant, JSON.parse(allowed)) };
}

function signerOf(row: unknown): Signer {
  const { jwk, ...rest } = z.parse(SignerRow, row);
  return { ...rest, jwk: z.parse(Jwk, JSON.parse(jwk)) };
}

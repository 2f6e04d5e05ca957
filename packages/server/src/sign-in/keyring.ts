import { createHash, randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import * as z from 'zod/mini';
import { fileDatabases } from '../tables/sqlite-tables.ts';
import type { Databases, Mirror, Plan, Row, Tables } from '../tables/tables.ts';
import { Claims, Grant, LONGEST_SECONDS } from './grant.ts';

const FILE: readonly string[] = [
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
const SHARED: Plan['shared'] = [
  [
    `CREATE TABLE sama_access_keys (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      use TEXT NOT NULL,
      secret TEXT NOT NULL,
      allowed TEXT NOT NULL,
      created BIGINT NOT NULL,
      expires BIGINT,
      revoked BIGINT
    )`,
    'CREATE TABLE sama_access_signers (kid TEXT PRIMARY KEY, jwk TEXT NOT NULL, created BIGINT NOT NULL, retired BIGINT)',
    `CREATE TABLE sama_access_tokens (
      jti TEXT PRIMARY KEY,
      key TEXT NOT NULL,
      sub TEXT NOT NULL,
      issued BIGINT NOT NULL,
      expires BIGINT NOT NULL
    )`,
    'CREATE TABLE sama_access_revoked (what TEXT NOT NULL, id TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (what, id))',
    'CREATE TABLE sama_access_tickets (hash TEXT PRIMARY KEY, claims TEXT NOT NULL, expires BIGINT NOT NULL)',
    'CREATE TABLE sama_access_news (version BIGINT NOT NULL)',
    'INSERT INTO sama_access_news (version) VALUES (0)',
  ],
];

/** The tables of the keys. Secrets stand in them. */
export const KEYS: Plan = {
  name: 'access',
  holds: 'keys',
  secret: true,
  mirrored: true,
  file: FILE,
  shared: SHARED,
  // What was taken back anywhere is taken back. Tickets live for a minute and are left behind: none is good twice.
  carried: [
    {
      table: 'keys',
      columns: ['id', 'name', 'use', 'secret', 'allowed', 'created', 'expires', 'revoked'],
      clash: '(id) DO UPDATE SET revoked = coalesce(sama_access_keys.revoked, excluded.revoked)',
    },
    { table: 'signers', columns: ['kid', 'jwk', 'created', 'retired'], clash: 'DO NOTHING' },
    { table: 'tokens', columns: ['jti', 'key', 'sub', 'issued', 'expires'], clash: 'DO NOTHING' },
    { table: 'revoked', columns: ['what', 'id', 'at'], clash: 'DO NOTHING' },
  ],
};

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
  /** The pair to sign with; undefined before there is one. */
  signer: Signer | undefined;
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
 * The keys of a server and what was taken back: in `access.sqlite` of a store's folder, or in a PostgreSQL for several
 * servers. They are looked at in every request, so that what another process takes back holds at once, and what another
 * server takes back within two seconds. Of a key that asks for tokens only the hash is kept.
 *
 * @beta
 */
export class Keyring {
  readonly #tables: Tables;
  readonly #now: () => number;
  readonly #mirror: Mirror;
  /** What the rows say that were mirrored last: it is asked for at every request. */
  #access: Access | undefined;
  #rows: readonly (readonly Row[])[] | undefined;

  private constructor(tables: Tables, mirror: Mirror, now: () => number) {
    this.#tables = tables;
    this.#mirror = mirror;
    this.#now = now;
  }

  /**
   * Opens the keys of a store's folder, or those that several servers share.
   *
   * @param now Unix seconds. Default: the clock.
   * @throws Error when they cannot be read or were written by a newer Sama.
   */
  static async open(at: string | Databases, now: () => number = () => Math.floor(Date.now() / 1000)): Promise<Keyring> {
    const tables = await (typeof at === 'string' ? fileDatabases(at) : at).open(KEYS);
    const { prefix } = tables;
    const mirror = await tables.mirror([
      `SELECT * FROM ${prefix}keys ORDER BY created, id`,
      `SELECT * FROM ${prefix}signers ORDER BY created DESC, kid`,
      `SELECT what, id, at FROM ${prefix}revoked`,
    ]);
    return new Keyring(tables, mirror, now);
  }

  now(): number {
    return this.#now();
  }

  /** Whether somebody has ever made a key: from then on nobody gets in without. */
  isUsed(): boolean {
    return this.keys().length > 0;
  }

  /** One look at what stands there. @throws Away when nobody can say whether it still does. */
  access(): Access {
    const rows = this.#mirror.rows();
    if (this.#access === undefined || rows !== this.#rows) {
      this.#rows = rows;
      this.#access = this.#read(rows);
    }
    return this.#access;
  }

  /** Looks whether another server has made or changed something in this moment. */
  refresh(): Promise<void> {
    return this.#mirror.refresh();
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
    const hash = sha256(secret);
    const found = this.keys().find((key) => key.use === 'issue' && key.secret === hash);
    return found === undefined ? undefined : this.key(found.id);
  }

  /**
   * Adds a key to ask for tokens (`issue`), or one by which a host signs tokens itself.
   *
   * @param publicKey of `EdDSA`: a JWK.
   * @returns the key, and what its holder needs: said this once and never again.
   */
  async add(
    name: string,
    use: KeyUse,
    allowed: Grant,
    options: { expires?: number; publicKey?: JWK } = {},
  ): Promise<{ key: Key; secret: string }> {
    const id = `${use === 'issue' ? 'key' : 'sign'}_${randomBytes(6).toString('hex')}`;
    const random = randomBytes(32).toString('base64url');
    const secret = use === 'issue' ? `sama_${random}` : use === 'HS256' ? random : '';
    const kept = use === 'issue' ? sha256(secret) : use === 'HS256' ? random : JSON.stringify(options.publicKey);
    const text = `INSERT INTO ${this.#tables.prefix}keys (id, name, use, secret, allowed, created, expires)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`;
    await this.#tables.change((run) =>
      run(text, id, name, use, kept, JSON.stringify(allowed), this.#now(), options.expires ?? null),
    );
    const key = this.key(id);
    if (key === undefined) throw new NoSuchKeyError(`the key ${name} is past its time already`);
    return { key, secret };
  }

  /** Takes a key back, and with it every token it was asked for or has signed. */
  async revokeKey(id: string): Promise<void> {
    const text = `UPDATE ${this.#tables.prefix}keys SET revoked = $1 WHERE id = $2 AND revoked IS NULL RETURNING id`;
    const taken = await this.#tables.change((run) => run(text, this.#now(), id));
    if (taken.length === 0)
      throw new NoSuchKeyError(`there is no key ${id} that still holds; sama token keys lists them`);
  }

  /** The pair to sign with; made when there is none. */
  async signer(): Promise<Signer> {
    return this.access().signer ?? (await this.rotate());
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
    const signers = `${this.#tables.prefix}signers`;
    await this.#tables.change(async (run) => {
      await run(`UPDATE ${signers} SET retired = $1 WHERE retired IS NULL`, now);
      await run(`INSERT INTO ${signers} (kid, jwk, created) VALUES ($1, $2, $3)`, kid, JSON.stringify(jwk), now);
    });
    return { kid, jwk, created: now, retired: null };
  }

  /** Keeps that a token was made, until its time is over. */
  async remember({ jti, key, sub, issued, expires }: Issued): Promise<void> {
    const { prefix } = this.#tables;
    await this.#tables.whole(async (run) => {
      await run(`DELETE FROM ${prefix}tokens WHERE expires < $1`, this.#now());
      // No token that is as old holds, so nothing has to be told.
      await run(`DELETE FROM ${prefix}revoked WHERE at < $1`, this.#now() - 2 * LONGEST_SECONDS);
      const text = `INSERT INTO ${prefix}tokens (jti, key, sub, issued, expires) VALUES ($1, $2, $3, $4, $5)`;
      await run(text, jti, key, sub, issued, expires);
    });
  }

  /** Keeps what a new ticket is for, until it is taken or its time is over. Only its hash is kept, of 192 random bits. */
  async keepTicket(claims: Claims): Promise<string> {
    const ticket = randomBytes(24).toString('base64url');
    const tickets = `${this.#tables.prefix}tickets`;
    await this.#tables.whole(async (run) => {
      await run(`DELETE FROM ${tickets} WHERE expires <= $1`, this.#now());
      const text = `INSERT INTO ${tickets} (hash, claims, expires) VALUES ($1, $2, $3)`;
      await run(text, sha256(ticket), JSON.stringify(claims), claims.exp);
    });
    return ticket;
  }

  /** What a ticket is for, once: of several who show it at the same time, at whichever server, one gets it. */
  async takeTicket(ticket: string): Promise<Claims | undefined> {
    const text = `DELETE FROM ${this.#tables.prefix}tickets WHERE hash = $1 AND expires > $2 RETURNING claims`;
    const [row] = await this.#tables.run(text, sha256(ticket), this.#now());
    if (row === undefined) return undefined;
    return z.parse(Claims, JSON.parse(z.parse(z.object({ claims: z.string() }), row).claims));
  }

  /** Tokens this server has made, or those that share its keys, that have not expired, newest first. */
  async issued(): Promise<Issued[]> {
    const text = `SELECT * FROM ${this.#tables.prefix}tokens WHERE expires > $1 ORDER BY issued DESC, jti`;
    return (await this.#tables.run(text, this.#now())).map((row) => z.parse(Issued, row));
  }

  /** Takes back one token, or all of a subject that were made until now. */
  async revoke(what: 'token' | 'subject', id: string): Promise<void> {
    const text = `INSERT INTO ${this.#tables.prefix}revoked (what, id, at) VALUES ($1, $2, $3)
      ON CONFLICT (what, id) DO UPDATE SET at = excluded.at`;
    await this.#tables.change((run) => run(text, what, id, this.#now()));
  }

  /** Whether a token was taken back. */
  isRevoked(claims: { jti: string; sub: string; iat: number }): boolean {
    return this.access().isRevoked(claims);
  }

  async close(): Promise<void> {
    await this.#tables.close();
  }

  #read([keyRows = [], signerRows = [], revokedRows = []]: readonly (readonly Row[])[]): Access {
    const keys = keyRows.map(keyOf);
    const keyById = new Map(keys.map((key) => [key.id, key]));
    const pairs = signerRows.map(signerOf);
    const signers = new Map(pairs.map((pair) => [pair.kid, pair]));
    const revoked = new Map(
      revokedRows.map((row) => z.parse(RevokedRow, row)).map(({ what, id, at }) => [`${what} ${id}`, at]),
    );
    return {
      keys,
      key: (id) => {
        const key = keyById.get(id);
        const over = key === undefined || key.revoked !== null || (key.expires !== null && key.expires <= this.#now());
        return over ? undefined : key;
      },
      signer: pairs.find(({ retired }) => retired === null),
      signerOf: (kid) => {
        const signer = signers.get(kid);
        const over = signer !== undefined && signer.retired !== null && signer.retired + LONGEST_SECONDS < this.#now();
        return over ? undefined : signer;
      },
      isRevoked: ({ jti, sub, iat }) => revoked.has(`token ${jti}`) || (revoked.get(`subject ${sub}`) ?? -1) >= iat,
    };
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

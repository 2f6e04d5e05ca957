import { readFileSync } from 'node:fs';
import { createPublicKey } from 'node:crypto';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { JWK } from 'jose';
import { loadConfig } from '../config/config.ts';
import { parseValue } from '../config/parse.ts';
import { FEWEST, Grant, LONGEST_SECONDS, TokenRequest } from '../sign-in/grant.ts';
import { Keyring, type Issued, type Key, type KeyUse } from '../sign-in/keyring.ts';
import { audienceOf, issueFor } from '../sign-in/tokens.ts';
import { withDatabases } from './databases.ts';
import type { Databases } from '../tables/tables.ts';
import { UsageError } from './failure.ts';
import type { Terminal } from './terminal.ts';
import { plain, tableLines } from './text/table.ts';
import { DEFAULT_STORE, logTo, type Place } from './workspace.ts';

interface GrantFlags {
  scope: string[];
  cap: string[];
  origin: string[];
  rows?: string;
  suppress?: number;
}

interface KeyFlags extends GrantFlags, Place {
  use: KeyUse;
  publicKey?: string;
  days?: number;
}

interface IssueFlags extends GrantFlags, Place {
  name?: string;
  team?: string;
  role?: string;
  seconds: number;
}

const gather = (text: string, before: string[]): string[] => [...before, text];

/** `sama token`: keys of hosts, and the tokens made with them. */
export function tokenCommand(terminal: Terminal): Command {
  return new Command('token')
    .description('Keys for the servers of pages, and the tokens of their readers')
    .addCommand(keyCommand(terminal))
    .addCommand(
      placed(new Command('keys'))
        .description('List the keys')
        .action((flags: Place) => on(flags, terminal, async (keyring) => terminal.out(keysText(keyring)))),
    )
    .addCommand(
      placed(new Command('revoke-key'))
        .description('Take a key back, and with it every token it made')
        .argument('<id>', 'as sama token keys lists it')
        .action((id: string, flags: Place) =>
          on(flags, terminal, async (keyring) => {
            await keyring.revokeKey(id);
            terminal.err(`The key ${id} no longer holds, nor do its tokens.\n`);
          }),
        ),
    )
    .addCommand(
      placed(new Command('rotate'))
        .description('Sign with a new key pair from now on; tokens that are out live their time')
        .action((flags: Place) =>
          on(flags, terminal, async (keyring) =>
            terminal.err(`Tokens are signed by ${(await keyring.rotate()).kid} now.\n`),
          ),
        ),
    )
    .addCommand(createCommand(terminal))
    .addCommand(
      placed(new Command('list'))
        .description('List the tokens that have not expired')
        .action((flags: Place) =>
          on(flags, terminal, async (keyring) => terminal.out(tokensText(keyring, await keyring.issued()))),
        ),
    )
    .addCommand(
      placed(new Command('revoke'))
        .description('Take tokens back: one by its id, or all of a person until now')
        .argument('[id]', 'the jti, as sama token list says it')
        .option('--subject <sub>', 'the person')
        .action((id: string | undefined, flags: Place & { subject?: string }) => {
          const { subject } = flags;
          if ((id === undefined) === (subject === undefined)) throw new UsageError('Name a token, or --subject.');
          return on(flags, terminal, async (keyring) => {
            if (id !== undefined) await keyring.revoke('token', id);
            if (subject !== undefined) await keyring.revoke('subject', subject);
            terminal.err('Taken back.\n');
          });
        }),
    )
    .addHelpText(
      'after',
      `
Examples:
  $ sama token key intranet --scope funnel --scope handoffs --cap act --origin https://intranet.example.com
  $ sama token key board --scope funnel:lead-to-won          small groups are hidden, as with every key
  $ sama token keys
  $ sama token create board --sub dana                       a token to try things with
  $ sama token revoke --subject dana`,
    );
}

function keyCommand(terminal: Terminal): Command {
  return granted(placed(new Command('key')))
    .description('Make a key, and say its secret once')
    .argument('<name>', 'whose key it is, for the list')
    .addOption(
      new Option('--use <use>', 'ask for tokens, or sign them elsewhere with a shared secret or a key pair')
        .choices(['issue', 'HS256', 'EdDSA'])
        .default('issue'),
    )
    .option('--public-key <file>', 'of EdDSA: the public key (Ed25519, PEM)')
    .option('--days <number>', 'how long it holds (default: until it is taken back)', whole(1, 3650))
    .action((name: string, flags: KeyFlags) => {
      const make = async (keyring: Keyring): Promise<void> => {
        const publicKey = publicKeyOf(flags);
        const options = {
          ...(publicKey === undefined ? {} : { publicKey }),
          ...(flags.days === undefined ? {} : { expires: keyring.now() + flags.days * 86_400 }),
        };
        if (flags.scope.length === 0) throw new UsageError('--scope: say what may be asked; * is everything');
        const { key, secret } = await keyring.add(name, flags.use, grantOf(flags, FEWEST), options);
        terminal.err(`${key.use === 'issue' ? 'Key' : 'kid'} ${key.id}. ${SAID[key.use]}\n`);
        if (secret !== '') terminal.out(`${secret}\n`);
      };
      // The first key comes before the first start.
      return on(flags, terminal, make, true);
    });
}

const SAID: Record<KeyUse, string> = {
  issue: 'Its secret is said this once; only the server of the page may know it:',
  HS256: 'Sign with this secret, said this once; only the server of the page may know it:',
  EdDSA: 'Sign with the private key to the one you named.',
};

function createCommand(terminal: Terminal): Command {
  return granted(placed(new Command('create')))
    .description('Make a token, to try things with; pages get theirs from their own server')
    .argument('<key>', 'the id or name of a key')
    .requiredOption('--sub <id>', 'for whom it is')
    .option('--name <name>', 'how the person is called')
    .option('--team <team>', 'marketing or sales')
    .option('--role <role>', 'marketing, seller, manager or ops')
    .option('--seconds <number>', 'how long it holds', whole(1, LONGEST_SECONDS), LONGEST_SECONDS)
    .action((asked: string, flags: IssueFlags & { sub: string }) =>
      on(flags, terminal, async (keyring) => {
        const key = keyring
          .keys()
          .find(({ id, name, revoked }) => revoked === null && (id === asked || name === asked));
        if (key === undefined) throw new UsageError(`There is no key ${asked}; sama token keys lists them.`);
        const { sub, name, team, role, seconds } = flags;
        const { scopes, origins, suppress } = key.allowed;
        const wish = grantOf(flags, suppress);
        const request = read(TokenRequest, {
          v: 1,
          sub,
          name,
          team,
          role,
          seconds,
          ...wish,
          scopes: flags.scope.length === 0 ? scopes : wish.scopes,
          origins: flags.origin.length === 0 ? origins : wish.origins,
        });
        const { given } = await loadConfig({ store: folderOf(flags), ...(flags.config === undefined ? {} : flags) });
        const { token } = await issueFor(keyring, key, request, audienceOf(given.signIn));
        terminal.out(`${token}\n`);
      }),
    );
}

function placed(command: Command): Command {
  return command
    .option('--store <folder>', 'where the records are (default: .sama)')
    .option('--config <file>', 'configuration (default: sama.config.json when there is one)');
}

function granted(command: Command): Command {
  return command
    .option(
      '--scope <scope>',
      'what may be asked: funnel, funnel:lead-to-won, kpi, handoffs, personal, *; repeat',
      gather,
      [],
    )
    .option('--cap <capability>', 'what may be done: drill, export, act; repeat', gather, [])
    .option('--origin <origin>', 'the pages that may use it, such as https://intranet.example.com; repeat', gather, [])
    .option('--rows <criteria>', 'the only records that are seen, as JSON criteria')
    .option(
      '--suppress <persons>',
      'hide groups of fewer persons; 0 tells exact numbers (default: 5, or as the key has it)',
      whole(0, 1000),
    );
}

const folderOf = ({ store }: Place): string => store ?? DEFAULT_STORE;

function on(flags: Place, terminal: Terminal, work: (keyring: Keyring) => Promise<void>, made = false): Promise<void> {
  const within = async (databases: Databases): Promise<void> => {
    const keyring = await Keyring.open(databases);
    try {
      await work(keyring);
    } finally {
      await keyring.close();
    }
  };
  return withDatabases(folderOf(flags), logTo(terminal), within, made);
}

function grantOf({ scope, cap, origin, rows, suppress }: GrantFlags, otherwise: number): Grant {
  let criteria: unknown;
  try {
    criteria = rows === undefined ? undefined : JSON.parse(rows);
  } catch {
    throw new UsageError('--rows: the criteria are not JSON');
  }
  const fields = { scopes: scope, caps: cap, origins: origin, suppress: suppress ?? otherwise };
  return read(Grant, criteria === undefined ? fields : { ...fields, rows: criteria });
}

function read<T>(schema: Parameters<typeof parseValue<T>>[0], value: unknown): T {
  const parsed = parseValue(schema, value);
  if ('wrong' in parsed) throw new UsageError(parsed.wrong);
  return parsed.data;
}

function publicKeyOf({ use, publicKey }: KeyFlags): JWK | undefined {
  if ((use === 'EdDSA') !== (publicKey !== undefined))
    throw new UsageError('--public-key: EdDSA, and nothing else, needs one');
  if (publicKey === undefined) return undefined;
  const key = createPublicKey(readFileSync(publicKey, 'utf8'));
  if (key.asymmetricKeyType !== 'ed25519') throw new UsageError(`--public-key: ${publicKey} holds no Ed25519 key`);
  return { kty: 'OKP', crv: 'Ed25519', x: String(key.export({ format: 'jwk' }).x) };
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
    return value;
  };
}

const moment = (seconds: number | null): string =>
  seconds === null ? '' : `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const column = (head: string) => ({ head, align: 'start' as const });

function keysText(keyring: Keyring): string {
  const columns = ['id', 'name', 'use', 'may ask', 'may do', 'pages', 'hides below', 'made', 'until', 'taken back'];
  const cells = ({ id, name, use, allowed, created, expires, revoked }: Key): string[] => [
    id,
    plain(name),
    use,
    allowed.scopes.join(' '),
    allowed.caps.join(' '),
    allowed.origins.join(' '),
    String(allowed.suppress),
    moment(created),
    moment(expires),
    moment(revoked),
  ];
  const keys = keyring.keys();
  if (keys.length === 0) return 'There are no keys: everybody on this machine gets in (development).\n';
  return `${tableLines(columns.map(column), keys.map(cells)).join('\n')}\n`;
}

function tokensText(keyring: Keyring, issued: readonly Issued[]): string {
  const rows = issued.map(({ jti, key, sub, issued: made, expires }) => [
    jti,
    plain(sub),
    key,
    moment(made),
    moment(expires),
    keyring.isRevoked({ jti, sub, iat: made }) || keyring.key(key) === undefined ? 'yes' : '',
  ]);
  if (rows.length === 0) return 'No token is out.\n';
  return `${tableLines(['id', 'person', 'key', 'made', 'until', 'taken back'].map(column), rows).join('\n')}\n`;
}

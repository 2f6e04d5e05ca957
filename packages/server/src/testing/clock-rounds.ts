import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Command } from '@sama/metrics/contracts';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import { DEFAULT_POLICY, type HandoffActor } from '@sama/metrics/handoff';
import { compileCalendar } from '@sama/metrics/time';
import * as z from 'zod/mini';
import { Outbox } from '../escalation/outbox.ts';
import { connectPostgres, Keeper, type KeeperSetup } from '../ledger/index.ts';
import { commandOn, databasesAt, shelfAt } from './ledgers.ts';

const entry = join(import.meta.dirname, 'clock-server.ts');
const MARKETER: HandoffActor = { id: 'mara', name: 'Mara', team: 'marketing', role: 'marketing' };
const ALWAYS: [string, string][] = [['00:00', '24:00']];
const OPEN = compileCalendar({
  timeZone: 'UTC',
  week: { 1: ALWAYS, 2: ALWAYS, 3: ALWAYS, 4: ALWAYS, 5: ALWAYS, 6: ALWAYS, 7: ALWAYS },
});
const SELLERS = ['dana', 'eli', 'flo'];
const HOUR_MS = 3_600_000;

/** Three sellers of one pool who are to accept within an hour, whatever the hour. */
export const CLOCK_SETUP: KeeperSetup = {
  staff: {
    sellers: SELLERS.map((id) => ({ id })),
    pools: [{ id: 'all', sellers: SELLERS.map((id) => ({ id })) }],
  },
  policy: { ...DEFAULT_POLICY, clocks: { acceptance: { target: { business: { hours: 1 } } } } },
  calendars: { teams: { sales: OPEN } },
};

/** What a hand-off nobody accepts leads to, by the share of the time that is over. */
const LEVELS = { nudge: 0.55, atRisk: 0.8, breach: 1.05, reassign: 1.55, heads: 2.02 } as const;
type Level = keyof typeof LEVELS;

/** What became of the notices of some hand-offs. `missing`, `doubled` and `wrong` should be 0. */
export interface ClockFigures {
  handoffs: number;
  /** Different notices that arrived. */
  arrived: number;
  /** Posts of one that had arrived: a server was killed between sending it and saying so. */
  twice: number;
  /** Servers that were killed at work. */
  killed: number;
  /** Levels that were reached and of which no notice came. */
  missing: number;
  /** Levels of one run of which two notices came. */
  doubled: number;
  /** Hand-offs whose offer did not expire once, and where it was time go on to another seller once. */
  wrong: number;
}

const Posted = z.object({
  id: z.string(),
  handoff: z.string(),
  does: z.string(),
  percent: z.number(),
  seller: z.nullable(z.string()),
});

/** Keeps what is posted, and says so after a while, so that servers are killed amid it. */
async function receiver(slowMs: number) {
  const got: z.infer<typeof Posted>[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      const posted = z.parse(Posted, JSON.parse(body));
      if (request.headers['sama-id'] !== posted.id) throw new Error('a notice without its id');
      got.push(posted);
      setTimeout(() => response.writeHead(204).end(), slowMs);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    got,
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 2_400) throw new Error(`${what} did not come within two minutes`);
    await pause();
  }
}

/** A server in a process, whose clock can be set. */
class ClockServer {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;

  private constructor(child: ChildProcessByStdio<Writable, Readable, null>) {
    this.#child = child;
  }

  static async start(place: string, hook: string): Promise<ClockServer> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, place, hook], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    return new ClockServer(child);
  }

  setAhead(ms: number): void {
    this.#child.stdin.write(`${ms}\n`);
  }

  async kill(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

/**
 * Offers so many hand-offs that nobody accepts, and lets two servers, each a process, follow their clocks from level to
 * level. At each one of the two is killed in the middle of its work, and another is started for the next.
 *
 * @param place the address of a PostgreSQL with no ledger in it.
 */
export async function clockRounds(
  place: string,
  handoffs: number,
  levels: readonly Level[] = ['nudge', 'atRisk', 'breach', 'reassign', 'heads'],
): Promise<ClockFigures> {
  const hook = await receiver(5);
  const postgres = connectPostgres(place, () => undefined);
  const keeper = await Keeper.open(await shelfAt(place), { setup: CLOCK_SETUP, log: () => undefined });
  const servers: ClockServer[] = [];
  const start = async (): Promise<void> => void servers.push(await ClockServer.start(place, hook.url));
  try {
    const outbox = await Outbox.open(databasesAt(place));
    await outbox.begin([], 0);
    const give = (command: Command) => keeper.command(command, MARKETER, OWNER_RIGHTS, { timeZone: 'UTC' });
    const ids = Array.from({ length: handoffs }, (_, i) => `H${i}`);
    for (const id of ids) {
      await give(commandOn(id, 'draft', { personId: `p-${id}` }, 0));
      await keeper.keepLead({ id: `p-${id}`, name: 'Cam Demoson', attributes: {} });
      await give(commandOn(id, 'offer', { seller: 'dana', pool: 'all' }, 1));
    }
    /** Hand-offs of which a level has arrived. */
    const reached = (level: Level): number =>
      new Set(hook.got.filter(({ does }) => does === level).map(({ handoff }) => handoff)).size;
    let killed = 0;
    for (const level of levels) {
      while (servers.length < 2) await start();
      for (const server of servers) server.setAhead(LEVELS[level] * HOUR_MS);
      await until(() => reached(level) >= handoffs / 3, `a third of the notices "${level}"`);
      await servers.shift()?.kill();
      killed += 1;
      await until(() => reached(level) === handoffs, `all notices "${level}"`);
      // What the rule does by itself, and what the one that was killed had held, is the other's now.
      for (let left = 1; left > 0; await pause()) {
        const [row] = await postgres.query(
          "SELECT count(*) AS n FROM sama_outbox_deliveries WHERE state IN ('waiting', 'ready')",
        );
        left = Number(row?.['n']);
      }
    }
    await keeper.refresh();
    const byLevel = new Map<string, Set<string>>();
    for (const { id, handoff, does, percent, seller } of hook.got) {
      const key = `${handoff} ${does} ${percent} ${seller}`;
      byLevel.set(key, (byLevel.get(key) ?? new Set()).add(id));
    }
    const times = (id: string, type: string): number =>
      keeper.desk.log(id).filter(({ action }) => action.type === type).length;
    const hasPassed = (level: Level): number => (levels.some((one) => LEVELS[one] >= LEVELS[level]) ? 1 : 0);
    const wrong = ids.filter(
      (id) =>
        times(id, 'handoff.timeout') !== hasPassed('breach') || times(id, 'handoff.reassign') !== hasPassed('reassign'),
    );
    const arrived = new Set(hook.got.map(({ id }) => id)).size;
    return {
      handoffs,
      arrived,
      twice: hook.got.length - arrived,
      killed,
      missing: levels.reduce((sum, level) => sum + handoffs - reached(level), 0),
      doubled: [...byLevel.values()].filter(({ size }) => size > 1).length,
      wrong: wrong.length,
    };
  } finally {
    for (const server of servers) await server.kill();
    hook.close();
    await keeper.close();
    await postgres.close();
  }
}

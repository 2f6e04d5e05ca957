/**
 * A server of two: follows the clocks of the ledger at an address (first argument), posting notices to another (second),
 * as often as it can and until it is killed. Its clock is ahead of the real one by as many milliseconds as the last line of
 * its input says.
 */
import { createInterface } from 'node:readline';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import { Escalator } from '../escalation/escalator.ts';
import { Outbox } from '../escalation/outbox.ts';
import { RULE, ruleChannel, type Act } from '../escalation/rule.ts';
import { webhookChannel } from '../escalation/webhook.ts';
import { Keeper } from '../ledger/index.ts';
import { CLOCK_SETUP } from './clock-rounds.ts';
import { databasesAt, shelfAt } from './ledgers.ts';

/** Milliseconds between two looks, and after which the other server takes over what this one held. */
const [LOOK_MS, LEASE_MS] = [50, 3_000];

const [, , place = '', hook = ''] = process.argv;
let ahead = 0;
// Cut connections are what this is about.
const log = (error: unknown): void => {
  if (process.env['SAMA_LOG'] === 'debug') console.error(error);
};
const now = (): string => new Date(Date.now() + ahead).toISOString();
const keeper = await Keeper.open(await shelfAt(place), { setup: CLOCK_SETUP, now, log });
const outbox = await Outbox.open(databasesAt(place));
const act: Act = (command) => keeper.command(command, RULE, OWNER_RIGHTS, { timeZone: 'UTC' });
const escalator = new Escalator({
  desk: () => keeper.desk,
  now: () => keeper.now(),
  refresh: () => keeper.refresh(),
  outbox,
  leaseMs: LEASE_MS,
  channels: [webhookChannel({ url: hook, secret: 'shared' }), ruleChannel(() => keeper.desk, act)],
  log,
});
createInterface({ input: process.stdin }).on('line', (line) => {
  ahead = Number(line);
});
process.stdin.once('data', () => escalator.start(LOOK_MS));
process.stdout.write('ready\n');

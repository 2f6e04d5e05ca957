/** Gives commands to the ledger of a folder or an address (first argument) without end, and says the id of each that is acknowledged. */
import { commandOn, give, MARKETER, openTestKeeper } from './ledgers.ts';

const [, , place = ''] = process.argv;
const keeper = await openTestKeeper(place);
const write = (text: string): void => void process.stdout.write(text);
write('ready\n');

/** One hand-off after the other: drafted, noted, withdrawn. Several at a time, so that commits are shared. */
async function work(lane: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    const id = `${process.pid}-${lane}-${n}`;
    const steps = [
      commandOn(id, 'draft', { personId: `p-${id}` }, 0),
      commandOn(id, 'note', { text: 'asked again' }, 1),
      commandOn(id, 'withdraw', { reason: 'by mistake' }, 2),
    ];
    for (const command of steps) {
      const { status } = await give(keeper, MARKETER, command);
      write(`${status} ${command.commandId} ${id} ${command.expectedVersion + 1}\n`);
    }
  }
}
await Promise.all(Array.from({ length: 8 }, (_, lane) => work(lane)));

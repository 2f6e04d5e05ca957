import { zoneOf } from '../config/kept.ts';
import type { LoadedConfig } from '../config/config.ts';
import type { Store } from '../store/index.ts';
import { errorText } from './failure.ts';

/**
 * Takes the made-up company out once the first records of one's own are in, since figures of both
 * together would be true of neither. Where `own` has joined other batches of one's own, or the
 * store holds nothing made up, nothing happens. Returns what to tell; undefined when that is nothing.
 */
export async function takeDemoOut(store: Store, own: string, config: LoadedConfig): Promise<string | undefined> {
  const others = (await store.batches()).filter(({ batch }) => batch !== own);
  if (others.length === 0 || !others.every(({ demo }) => demo)) return undefined;
  for (const { batch } of others) {
    try {
      await store.undo(batch);
    } catch (error) {
      return `The made-up company could not be taken out: ${errorText(error)}\nUntil it is, figures mix it with your records. Take it out with: sama import --undo ${batch}`;
    }
  }
  const before = zoneOf(config, { onlyDemo: true });
  const now = zoneOf(config, { onlyDemo: false });
  const counted =
    before === now
      ? 'Answers are now as of today.'
      : `Days are now counted in ${now}, no longer in ${before}, and answers are as of today; "timeZone" in sama.config.json names another zone.`;
  return `The made-up company was taken out; \`sama demo\` brings it back. ${counted}`;
}

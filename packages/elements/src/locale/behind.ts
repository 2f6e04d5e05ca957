import { behindIn } from './behind-part.ts';
import type { BehindWords } from './en/funnel-detail.ts';
import { keepWords, wordsIn } from './registered.ts';

const NONE: { tag: string; behind?: BehindWords } = { tag: 'en' };

/** A language's words of what opens later, once they are there. */
export const behindOf = (tag: string): BehindWords | undefined => wordsIn(tag, NONE).behind;

/** Loads the words of a language where they are not registered, and says whether it did; English where they cannot be had. */
export async function loadBehind(tag: string): Promise<boolean> {
  if (behindOf(tag) !== undefined) return false;
  const behind = await behindIn(tag).catch(() => undefined);
  if (behind !== undefined) keepWords(tag, { behind });
  return behind !== undefined;
}

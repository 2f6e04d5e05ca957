import { loadPart } from '../internal/parts.ts';
import type { BehindWords } from './en/funnel-detail.ts';
import { behindName } from './behind-name.ts';

/** Whether it is there; its name says its version. */
const isWords = (part: unknown): part is BehindWords => part !== undefined;

/** Loads `sama-funnel-detail-TAG.js` from where this single file came from. */
export async function behindIn(tag: string): Promise<BehindWords | undefined> {
  if (!/^(ar|de|es|ja)$/.test(tag)) return undefined;
  const part = await loadPart(behindName(tag), `sama-funnel-detail-${tag}.js`);
  return isWords(part) ? part : undefined;
}

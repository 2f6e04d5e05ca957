import { loadPart } from '../internal/parts.ts';
import type { BehindWords } from './en/funnel-detail.ts';
import { behindName } from './behind-name.ts';

/** Loads `sama-funnel-detail-TAG.js` from where this single file came from. */
export const behindIn = async (tag: string): Promise<BehindWords | undefined> =>
  /^(ar|de|es|ja)$/.test(tag) ? loadPart(behindName(tag), `sama-funnel-detail-${tag}.js`) : undefined;

import { loadPart } from '../internal/parts.ts';
import type { Detail } from './detail-part.ts';
import { DETAIL } from './detail-name.ts';

/** Whether it is there; its name says its version. */
const isDetail = (part: unknown): part is Detail => part !== undefined;

/** Loads `sama-funnel-detail.js` from where this single file came from. */
export async function loadDetail(): Promise<Detail> {
  const file = 'sama-funnel-detail.js';
  const part = await loadPart(DETAIL, file);
  if (isDetail(part)) return part;
  throw new Error(`${file}: another version`);
}

import { loadPart } from '../internal/parts.ts';
import type { Detail } from './detail-part.ts';
import { DETAIL } from './detail-name.ts';

const isDetail = (part: unknown): part is Detail => typeof Reflect.get(Object(part), 'pictureOf') === 'function';

/** Loads `sama-funnel-detail.js` from where this single file came from. */
export async function loadDetail(): Promise<Detail> {
  const part = await loadPart(DETAIL, 'sama-funnel-detail.js');
  if (!isDetail(part)) throw new Error('sama-funnel-detail.js is of another version');
  return part;
}

import { loadPart } from '../internal/parts.ts';
import { DETAIL } from './detail-name.ts';
import type { Detail } from './detail-part.ts';

/** Loads `sama-funnel-detail.js` from where this single file came from. */
export const loadDetail = (): Promise<Detail> => loadPart(DETAIL, 'sama-funnel-detail.js');

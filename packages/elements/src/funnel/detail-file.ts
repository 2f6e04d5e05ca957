import { offerPart } from '../internal/parts.ts';
import { DETAIL } from './detail-name.ts';
import * as detail from './detail.ts';

// The single file `sama-funnel-detail.js`.
offerPart(DETAIL, detail);

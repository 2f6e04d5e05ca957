import { offerPart } from '../../internal/parts.ts';
import { behindName } from '../behind-name.ts';
import { behind } from './behind.ts';

// The single file `sama-funnel-detail-ja.js`.
offerPart(behindName('ja'), behind);

import { offerPart } from '../internal/parts.ts';
import { extraName } from './extra-name.ts';
import * as skin from './skin.ts';

// The single file `sama-funnel-detail-skin.js`.
offerPart(extraName('skin'), skin);

import { offerPart } from '../internal/parts.ts';
import { extraName } from './extra-name.ts';
import * as picture from './svg.ts';

// The single file `sama-funnel-detail-picture.js`.
offerPart(extraName('picture'), picture);

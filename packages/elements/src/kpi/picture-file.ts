import { offerPart } from '../internal/parts.ts';
import { PICTURE } from './picture-name.ts';
import * as picture from './svg.ts';

// The single file `sama-scorecard-numbers-picture.js`.
offerPart(PICTURE, picture);

import { offerPart } from '../internal/parts.ts';
import { NUMBERS } from './numbers-name.ts';
import * as numbers from './numbers.ts';

// The single file `sama-scorecard-numbers.js`.
offerPart(NUMBERS, numbers);

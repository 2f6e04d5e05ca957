import { offerPart } from '../internal/parts.ts';
import { DESK } from './glossary-desk-name.ts';
import * as desk from './glossary-desk.ts';

// The single file `sama-glossary-desk.js`.
offerPart(DESK, desk);

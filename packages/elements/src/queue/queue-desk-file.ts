import { offerPart } from '../internal/parts.ts';
import { DESK } from './queue-desk-name.ts';
import * as desk from './queue-desk.ts';

// The single file `sama-handoff-queue-desk.js`.
offerPart(DESK, desk);

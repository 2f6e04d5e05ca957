import { offerPart } from '../internal/parts.ts';
import { NAMES } from './queue-names-name.ts';
import * as names from './queue-names.ts';

// The single file `sama-handoff-queue-names.js`.
offerPart(NAMES, names);

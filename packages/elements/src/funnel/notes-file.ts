import { offerPart } from '../internal/parts.ts';
import { extraName } from './extra-name.ts';
import * as notes from './notes.ts';

// The single file `sama-funnel-detail-notes.js`.
offerPart(extraName('notes'), notes);

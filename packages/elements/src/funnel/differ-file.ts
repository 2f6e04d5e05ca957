import { offerPart } from '../internal/parts.ts';
import { extraName } from './extra-name.ts';
import * as differ from './differ.ts';

// The single file `sama-funnel-detail-differ.js`.
offerPart(extraName('differ'), differ);

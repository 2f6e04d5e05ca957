import { registerLocale } from '../index.ts';
import { first } from './first.ts';

registerLocale('de', first);

import { registerLocale } from '../index.ts';
import { de } from './index.ts';

registerLocale('de', de);

import { registerLocale } from '../index.ts';
import { ar } from './index.ts';

registerLocale('ar', ar);

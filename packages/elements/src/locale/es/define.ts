import { registerLocale } from '../index.ts';
import { es } from './index.ts';

registerLocale('es', es);

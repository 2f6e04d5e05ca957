import { registerLocale } from '../index.ts';
import { ja } from './index.ts';

registerLocale('ja', ja);

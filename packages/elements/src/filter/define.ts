import { register } from '../internal/register.ts';
import { SamaFilter } from './filter.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sama-filter': SamaFilter;
  }
}

register('sama-filter', SamaFilter);

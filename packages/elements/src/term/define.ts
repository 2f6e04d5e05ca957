import { register } from '../internal/register.ts';
import { SamaTerm } from './term.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sama-term': SamaTerm;
  }
}

register('sama-term', SamaTerm);

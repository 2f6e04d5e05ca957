import { register } from '../internal/register.ts';
import { SamaProvider } from './provider.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sama-provider': SamaProvider;
  }
}

register('sama-provider', SamaProvider);

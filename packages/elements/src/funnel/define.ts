import { register } from '../internal/register.ts';
import { SamaFunnel } from './funnel.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sama-funnel': SamaFunnel;
  }
}

register('sama-funnel', SamaFunnel);

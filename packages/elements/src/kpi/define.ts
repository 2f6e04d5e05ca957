import { register } from '../internal/register.ts';
import { SamaKpi } from './kpi.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sama-kpi': SamaKpi;
  }
}

register('sama-kpi', SamaKpi);

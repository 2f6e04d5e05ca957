import '../kpi/define.ts';
import { register } from '../internal/register.ts';
import { SamaScorecard } from './scorecard.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sama-scorecard': SamaScorecard;
  }
}

register('sama-scorecard', SamaScorecard);

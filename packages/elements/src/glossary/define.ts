import { register } from '../internal/register.ts';
import { SamaGlossary } from './glossary.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sama-glossary': SamaGlossary;
  }
}

register('sama-glossary', SamaGlossary);

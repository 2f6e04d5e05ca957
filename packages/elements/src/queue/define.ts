import { register } from '../internal/register.ts';
import { SamaHandoffQueue } from './handoff-queue.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sama-handoff-queue': SamaHandoffQueue;
  }
}

register('sama-handoff-queue', SamaHandoffQueue);

import { readGlossary } from '@sama/metrics/client';
import { Asking } from '../internal/asking.ts';
import { glossarySourceOf } from './source.ts';

/** Answers about terms: a page may also supply the file of a glossary, or a list of definitions in its own HTML. */
export class GlossaryAsking extends Asking {
  protected override readonly topic = 'glossary';
  override readonly read = readGlossary;
  protected override readonly open = glossarySourceOf;

  protected override content(): { value: unknown; caption: string } | undefined {
    const list = this.host.querySelector('dl');
    if (list === null) return undefined;
    const terms = Array.from(list.querySelectorAll('dt'), (name) => {
      const term = (name.textContent ?? '').trim();
      return {
        kind: 'term',
        id: name.id || term.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-'),
        version: name.dataset['version'] ?? '1.0.0',
        term,
        owners: [name.dataset['owner'] ?? 'both'],
        definition: (name.nextElementSibling?.textContent ?? '').trim(),
      };
    });
    return { value: { v: 1, kind: 'glossary', terms }, caption: '' };
  }
}

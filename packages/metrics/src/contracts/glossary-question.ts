import * as z from 'zod/mini';
import { TimeZone, TermKey, Version } from './primitives.ts';
import { TermDefinition } from './term.ts';

/** Asks what the agreed words mean now. @beta */
export const GlossaryQuestion = z
  .strictObject({
    kind: z.literal('glossary'),
    v: z.optional(Version),
    timeZone: z.optional(TimeZone),
    /** All terms, one with its versions and votes, or what another text would have meant for past records. Default: `terms`. */
    show: z.optional(z.enum(['terms', 'term', 'impact'])),
    /** Of terms: words to look for; all terms without. */
    search: z.optional(z.string().check(z.maxLength(200))),
    /** Of `term` and `impact`. */
    key: z.optional(TermKey),
    /** Of `impact`: the text in question. Default: the one that is proposed or drafted. */
    text: z.optional(TermDefinition),
  })
  .check(
    z.refine(({ show = 'terms', key }) => (show === 'terms') === (key === undefined), {
      path: ['key'],
      error: 'a term and an impact, and nothing else, name a key',
    }),
    z.refine(({ text, key }) => text === undefined || text.id === key, {
      path: ['text', 'id'],
      error: 'is another key than the one in question',
    }),
  );
export type GlossaryQuestion = z.infer<typeof GlossaryQuestion>;

import type { Own } from '../own.ts';

/** Japanese words of a term within a text. */
export const term: Own['term'] = {
  askingTerm: '調べています…',
  proposed: (version) => `${version} を提案中`,
  openInGlossary: '用語集で開く',
  unknownTerm: (key) => `「${key}」という用語はありません。`,
  sayHere: (say) => `代わりに ${say}`,
};

import type { Own } from '../own.ts';

/** Arabic words of a term within a text. */
export const term: Own['term'] = {
  askingTerm: 'جارٍ البحث…',
  proposed: (version) => `${version} مقترح`,
  openInGlossary: 'فتح في المسرد',
  unknownTerm: (key) => `لا يوجد مصطلح «${key}».`,
  sayHere: (say) => `قل ${say}`,
};

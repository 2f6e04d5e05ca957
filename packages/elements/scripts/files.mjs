/** Bytes a single file may have minified, and that of all elements. */
const [MINIFIED, MINIFIED_ALL] = [100_000, 206_000];

/** Single files: what each defines, and the bytes it may have, minified and as brotli sends it. */
const SOME = {
  'sama-funnel': { parts: ['funnel'], brotli: 28_000 },
  'sama-funnel-detail': { parts: ['funnel'], entry: 'funnel/detail-file', brotli: 12_300 },
  'sama-funnel-detail-notes': { parts: ['funnel'], entry: 'funnel/notes-file', brotli: 3200 },
  'sama-funnel-detail-differ': { parts: ['funnel'], entry: 'funnel/differ-file', brotli: 4000 },
  'sama-funnel-detail-picture': { parts: ['funnel'], entry: 'funnel/picture-file', brotli: 1900 },
  'sama-funnel-detail-skin': { parts: ['funnel'], entry: 'funnel/skin-file', brotli: 1500 },
  'sama-handoff-queue': { parts: ['queue'], brotli: 26_000 },
  'sama-handoff-queue-desk': { parts: ['queue'], entry: 'queue/queue-desk-file', brotli: 7300 },
  'sama-handoff-queue-names': { parts: ['queue'], entry: 'queue/queue-names-file', brotli: 1200 },
  'sama-scorecard': { parts: ['scorecard', 'kpi'], brotli: 26_000 },
  'sama-glossary': { parts: ['glossary', 'term'], brotli: 25_200 },
  'sama-glossary-desk': { parts: ['glossary'], entry: 'glossary/glossary-desk-file', brotli: 7200 },
  'sama-served': { parts: [], entry: 'served/keep-file', minified: 2000, brotli: 900 },
  'sama-scorecard-numbers': { parts: ['scorecard', 'kpi'], entry: 'kpi/numbers-file', brotli: 4400 },
  'sama-scorecard-numbers-picture': { parts: ['scorecard', 'kpi'], entry: 'kpi/picture-file', brotli: 2200 },
  'sama-provider': { parts: ['provider', 'filter'], brotli: 16_600 },
};

/** Words of all elements in another language. */
const WORDS = Object.fromEntries(
  ['ar', 'de', 'es', 'ja'].map((tag) => [
    `sama-locale-${tag}`,
    { parts: [], entry: `locale/${tag}/define`, minified: 28_700, brotli: 8_800 },
  ]),
);

/** Words of what a funnel loads when it is wanted, in another language: loaded with it. */
const LATER = Object.fromEntries(
  ['ar', 'de', 'es', 'ja'].map((tag) => [
    `sama-funnel-detail-${tag}`,
    { parts: [], entry: `locale/${tag}/behind-file`, brotli: 3000 },
  ]),
);

/** The parts of all elements. */
export const PARTS = [...new Set(Object.values(SOME).flatMap(({ parts }) => parts))];

/** A provider first, so that it is there when the others ask. */
const all = PARTS.toSorted((a, b) => Number(b === 'provider') - Number(a === 'provider'));

/** Every single file, the one of all elements last. */
export const FILES = Object.fromEntries(
  Object.entries({ ...SOME, ...WORDS, ...LATER, sama: { parts: all, brotli: 63_500, minified: MINIFIED_ALL } }).map(
    ([name, file]) => [name, { minified: MINIFIED, ...file }],
  ),
);

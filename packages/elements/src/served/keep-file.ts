import { keepServed } from './keep.ts';

// For pages that a server drew, before the scripts of the elements: `sama-served.js`.
if (typeof document !== 'undefined') keepServed(document);

import type { Own } from '../own.ts';

/** German words of what widgets hand out. */
export const handOut: Own['handOut'] = {
  copyLink: 'Link kopieren',
  copyCsv: 'Als CSV kopieren',
  downloadSvg: 'SVG herunterladen',
  downloadPng: 'PNG herunterladen',
  print: 'Drucken',
  copied: 'Kopiert',
  downloaded: 'Als Datei gespeichert',
  svgInstead: 'Als SVG gespeichert: Diese Seite erlaubt kein PNG',
  owner: 'Verantwortlich',
  change: 'Änderung',
  chart: 'Diagramm',
};

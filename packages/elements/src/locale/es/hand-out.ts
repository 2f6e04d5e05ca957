import type { Own } from '../own.ts';

/** Spanish words of what widgets hand out. */
export const handOut: Own['handOut'] = {
  copyLink: 'Copiar enlace',
  copyCsv: 'Copiar como CSV',
  downloadSvg: 'Descargar SVG',
  downloadPng: 'Descargar PNG',
  print: 'Imprimir',
  copied: 'Copiado',
  downloaded: 'Guardado como archivo',
  svgInstead: 'Guardado como SVG: esta página no permite PNG',
  owner: 'Responsable',
  change: 'Cambio',
  chart: 'Gráfico',
};

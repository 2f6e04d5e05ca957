/** English words of what a widget hands out: by its menu, and as a table. They come with what does it. */
export const handOut = {
  copyLink: 'Copy link',
  copyCsv: 'Copy as CSV',
  downloadSvg: 'Download SVG',
  downloadPng: 'Download PNG',
  print: 'Print',
  copied: 'Copied',
  downloaded: 'Saved as a file',
  svgInstead: 'Saved as SVG: this page allows no PNG',
  owner: 'Owner',
  change: 'Change',
  chart: 'Chart',
};

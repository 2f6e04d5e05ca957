import type { Own } from '../own.ts';

/** Japanese words of what widgets hand out. */
export const handOut: Own['handOut'] = {
  copyLink: 'リンクをコピー',
  copyCsv: 'CSV としてコピー',
  downloadSvg: 'SVG をダウンロード',
  downloadPng: 'PNG をダウンロード',
  print: '印刷',
  copied: 'コピーしました',
  downloaded: 'ファイルに保存しました',
  svgInstead: 'このページでは PNG を使えないため、SVG で保存しました',
  owner: '担当',
  change: '変化',
  chart: 'グラフ',
};

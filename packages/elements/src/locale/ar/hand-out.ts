import type { Own } from '../own.ts';

/** Arabic words of what widgets hand out. */
export const handOut: Own['handOut'] = {
  copyLink: 'نسخ الرابط',
  copyCsv: 'نسخ كملف CSV',
  downloadSvg: 'تنزيل SVG',
  downloadPng: 'تنزيل PNG',
  print: 'طباعة',
  copied: 'تم النسخ',
  downloaded: 'حُفظ كملف',
  svgInstead: 'حُفظ كملف SVG: هذه الصفحة لا تسمح بـ PNG',
  owner: 'المسؤول',
  change: 'التغير',
  chart: 'رسم بياني',
};

import type { handOut } from '../locale/en/hand-out.ts';

/** Gives the reader a file. */
export function saveFile(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Puts text on the clipboard; `false` where the page may not, as on plain http. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Copies a text; what is to be said of it, which is the text itself where that cannot be. */
export const copied = async (text: string, said: string): Promise<string> => ((await copyText(text)) ? said : text);

/** Puts a table on the clipboard, or in a file where it may not; what is to be said of it. */
export async function giveCsv(
  csv: string,
  title: string,
  t: Pick<typeof handOut, 'copied' | 'downloaded'>,
): Promise<string> {
  if (await copyText(csv)) return t.copied;
  saveFile(fileName(title, 'csv'), new Blob([csv], { type: 'text/csv' }));
  return t.downloaded;
}

/** A name a file system takes. */
export const fileName = (title: string, ending: string): string =>
  `${
    title
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .toLowerCase() || 'funnel'
  }.${ending}`;

import type { handOut } from '../locale/en/hand-out.ts';
import type { Words } from '../locale/index.ts';
import type { Action } from './action.ts';
import { fileName, saveFile } from './hand-out.ts';
import type { TableHost } from './table-view.ts';

/** How many dots of a PNG there are to a CSS pixel. */
const DENSE = 2;

/**
 * A picture in dots, for programs that take no SVG.
 *
 * @param svg that says its width and height in CSS pixels, and refers to nothing outside itself
 * @throws where the page allows no images from `data:`
 */
async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width * DENSE, image.height * DENSE];
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png'),
  );
}

/** What a menu does with the picture, each as a file: as SVG, and as PNG; that is SVG too where the page allows no PNG. */
export function pictureActions(
  host: TableHost,
  title: string,
  draw: () => Promise<string>,
  t: Words & Pick<typeof handOut, 'downloadSvg' | 'downloadPng' | 'svgInstead' | 'downloaded'>,
): Action[] {
  const save = async (as: 'svg' | 'png'): Promise<string> => {
    const svg = await draw();
    const png = as === 'png' ? await pngOf(svg).catch(() => undefined) : undefined;
    if (png === undefined) saveFile(fileName(title, 'svg'), new Blob([svg], { type: 'image/svg+xml' }));
    else saveFile(fileName(title, 'png'), png);
    return as === 'png' && png === undefined ? t.svgInstead : t.downloaded;
  };
  const action = (text: string, as: 'svg' | 'png'): Action => ({
    text,
    run: () =>
      void save(as)
        .catch(() => t.notLoaded)
        .then((said) => host.say(said)),
  });
  return [action(t.downloadSvg, 'svg'), action(t.downloadPng, 'png')];
}

import type { Palette } from './svg.ts';

const NAMES: Readonly<Record<keyof Palette, string>> = {
  advanced: '--_data-advanced',
  open: '--_data-open',
  openLine: '--_data-open-line',
  recycled: '--_data-recycled',
  recycledLine: '--_data-recycled-line',
  gone: '--_data-lost',
  goneLine: '--_data-lost-line',
  flow: '--_data-flow',
  text: '--_text',
  muted: '--_text-muted',
  surface: '--_surface',
};

/** The colours a shadow root is drawn in, as sRGB that any program reads. */
export function paletteOf(root: ParentNode): Palette {
  const frame = root.querySelector('.sama');
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const probe = document.createElement('span');
  frame?.append(probe);
  const of = (name: keyof Palette): string => {
    probe.style.setProperty('color', `var(${NAMES[name]})`);
    const color = getComputedStyle(probe).color;
    if (canvas === null) return color;
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    return `rgb(${r},${g},${b})`;
  };
  const palette: Palette = {
    advanced: of('advanced'),
    open: of('open'),
    openLine: of('openLine'),
    recycled: of('recycled'),
    recycledLine: of('recycledLine'),
    gone: of('gone'),
    goneLine: of('goneLine'),
    flow: of('flow'),
    text: of('text'),
    muted: of('muted'),
    surface: of('surface'),
  };
  probe.remove();
  return palette;
}

import type { Controller } from '../internal/reactive.ts';
import { wear } from '../internal/sheets.ts';
import type { BehindWords } from '../locale/en/funnel-detail.ts';
import type { DetailHost } from './detail-host.ts';
import type { Chart } from './model.ts';
import { skinStyles } from './skin.styles.ts';

/** Of a shape in its own units; it is stretched over the row. */
const [WIDTH, HEIGHT] = [1000, 100];
const SVG = 'http://www.w3.org/2000/svg';

const skins = new WeakMap<DetailHost, Skin>();

/** Draws the stages of a funnel as trapezoids, over the bars that are there. */
export function showSkin(host: DetailHost, b: BehindWords): void {
  let skin = skins.get(host);
  if (skin === undefined) {
    skin = new Skin(host);
    skins.set(host, skin);
    host.addController(skin);
  }
  skin.show(b);
}

/**
 * The shape of each row, as wide at its upper edge as the bar would be long and at its lower edge as the next one;
 * empty where a stage is not recorded. Heights are equal, so areas mean nothing.
 */
export function shapesOf(rows: readonly Pick<Chart['rows'][number], 'bar' | 'missing'>[]): string[] {
  return rows.map(({ bar, missing }, i) => {
    if (missing !== undefined) return '';
    const next = rows[i + 1];
    const below = next === undefined || next.missing !== undefined ? bar.size : next.bar.size;
    const [top, bottom] = [bar.size, below].map((size) => Math.round((size * WIDTH) / 2));
    const middle = WIDTH / 2;
    return top === undefined || bottom === undefined
      ? ''
      : `M${middle - top} 0H${middle + top}L${middle + bottom} ${HEIGHT}H${middle - bottom}Z`;
  });
}

/** The skin of one funnel: its rows, marks and words stay those of the bars. */
class Skin implements Controller {
  readonly #host: DetailHost;
  readonly #badge = document.createElement('small');

  constructor(host: DetailHost) {
    this.#host = host;
    this.#badge.className = 'badge';
  }

  hostConnected(): void {}
  hostDisconnected(): void {}

  hostUpdate(): void {
    if (this.#host.skin === 'trapezoid') return;
    const { renderRoot: root } = this.#host;
    root.querySelector('.chart')?.removeAttribute('data-skin');
    for (const one of [this.#badge, ...root.querySelectorAll('.shape')]) one.remove();
  }

  show(b: BehindWords): void {
    const { renderRoot: root } = this.#host;
    const chart = root.querySelector('.chart');
    const seen = this.#host.look();
    if (chart === null || seen === undefined) return;
    wear(root, skinStyles);
    chart.setAttribute('data-skin', '');
    this.#badge.textContent = b.decoration;
    // After what the funnel draws itself, which leaves it there.
    chart.querySelector('.legend')?.append(this.#badge);
    const shapes = shapesOf(seen.chart.rows);
    chart.querySelectorAll('.bar').forEach((bar, i) => {
      const shape = bar.querySelector(':scope > .shape') ?? bar.appendChild(shapeElement());
      const path = shapes[i] ?? '';
      shape.querySelector('path')?.setAttribute('d', path);
      shape.querySelector('.edge')?.setAttribute('d', path.replace(/L.*/, ''));
    });
  }
}

function shapeElement(): SVGElement {
  const shape = document.createElementNS(SVG, 'svg');
  const attributes = { class: 'shape', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none' };
  for (const [name, value] of Object.entries({ ...attributes, width: '100%', height: '100%' }))
    shape.setAttribute(name, value);
  for (const name of ['area', 'edge']) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', name);
    shape.append(path);
  }
  return shape;
}

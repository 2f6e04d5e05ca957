/** Bare Lit and d3-shape: the bars of the stages, parted by outcome, and nothing else. */
import { stack } from 'd3-shape';
import { css, html, LitElement, svg } from 'lit';
import { contender } from './harness.mjs';

const KINDS = ['advanced', 'open', 'recycled', 'lost', 'disqualified'];
const ROW = 100 / 6;
const parts = stack()
  .keys(KINDS)
  .value(({ outcomes }, kind) => outcomes[kind]);

class BareFunnel extends LitElement {
  static properties = { stages: { attribute: false } };
  static styles = css`
    :host,
    svg {
      display: block;
      width: 100%;
      height: 100%;
    }
    .advanced {
      fill: #2563eb;
    }
    .open {
      fill: #93c5fd;
    }
    .recycled {
      fill: #fbbf24;
    }
    .lost,
    .disqualified {
      fill: #9ca3af;
    }
  `;

  render() {
    const share = (n) => `${(100 * n) / this.stages[0].count}%`;
    const bars = parts(this.stages).flatMap((series) =>
      series.flatMap(([from, to], i) =>
        from === to
          ? []
          : [
              svg`<rect class=${series.key} x=${share(from)} width=${share(to - from)} y="${i * ROW}%" height="${ROW * 0.6}%"></rect>`,
            ],
      ),
    );
    return html`<svg>${bars}</svg>`;
  }
}
customElements.define('bare-funnel', BareFunnel);

contender((hosts, { data }) => {
  const elements = hosts.map((host) => {
    const element = document.createElement('bare-funnel');
    element.stages = data.stages;
    host.append(element);
    return element;
  });
  return {
    busy: () => elements.some((element) => element.isUpdatePending),
    problems: () =>
      elements.every((element) => element.renderRoot.querySelectorAll('rect').length >= 6) ? [] : ['a bar is missing'],
  };
});

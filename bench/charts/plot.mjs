/** Observable Plot: bars parted by outcome, with the names and numbers of the stages. */
import { barX, plot, text } from '@observablehq/plot';
import { contender } from './harness.mjs';

const KINDS = ['advanced', 'open', 'recycled', 'lost', 'disqualified'];

contender((hosts, { data }) => {
  const stages = data.stages;
  const parts = stages.flatMap(({ label, outcomes }) =>
    KINDS.map((kind) => ({ stage: label, kind, count: outcomes[kind] })).filter(({ count }) => count > 0),
  );
  for (const host of hosts) {
    host.append(
      plot({
        width: 900,
        height: 520,
        marginLeft: 90,
        y: { domain: stages.map(({ label }) => label), label: null },
        x: { axis: null },
        color: { domain: KINDS },
        marks: [
          barX(parts, { y: 'stage', x: 'count', fill: 'kind' }),
          text(stages, {
            y: 'label',
            x: 'count',
            text: (stage) => stage.count.toLocaleString('en'),
            textAnchor: 'start',
            dx: 6,
          }),
        ],
      }),
    );
  }
  return {
    problems: () => (hosts.every((host) => host.querySelectorAll('rect').length >= 6) ? [] : ['a bar is missing']),
  };
});

/** Apache ECharts' funnel, with its labels. */
import { FunnelChart } from 'echarts/charts';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { contender } from './harness.mjs';

use([FunnelChart, CanvasRenderer]);

contender((hosts, { data }) => {
  const charts = hosts.map((host) => {
    const chart = init(host, null, { devicePixelRatio: 1 });
    chart.setOption({
      animation: false,
      series: [
        {
          type: 'funnel',
          sort: 'none',
          label: { position: 'inside', formatter: '{b}: {c}' },
          data: data.stages.map(({ label, count }) => ({ name: label, value: count })),
        },
      ],
    });
    return chart;
  });
  return {
    busy: () => hosts.some((host) => host.querySelector('canvas') === null),
    problems: () =>
      charts.every((chart) => chart.getOption().series[0].data.length === 6) ? [] : ['a stage is missing'],
  };
});

/** Chart.js with its funnel plugin. */
import { CategoryScale, Chart, LinearScale } from 'chart.js';
import { FunnelController, TrapezoidElement } from 'chartjs-chart-funnel';
import { contender } from './harness.mjs';

Chart.register(FunnelController, TrapezoidElement, LinearScale, CategoryScale);

contender((hosts, { data }) => {
  const charts = hosts.map((host) => {
    const canvas = document.createElement('canvas');
    canvas.width = 900;
    canvas.height = 520;
    host.append(canvas);
    return new Chart(canvas, {
      type: 'funnel',
      data: {
        labels: data.stages.map(({ label }) => label),
        datasets: [{ data: data.stages.map(({ count }) => count) }],
      },
      options: { animation: false, responsive: false, devicePixelRatio: 1, indexAxis: 'y' },
    });
  });
  return {
    problems: () => (charts.every((chart) => chart.getDatasetMeta(0).data.length === 6) ? [] : ['a stage is missing']),
  };
});

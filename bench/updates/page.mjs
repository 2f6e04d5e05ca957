/** The element as pages load it, with new data in every frame. */
import '../../packages/elements/dist/cdn/sama-funnel.js';

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** The same answer with other counts: one more in every stage with each update. */
const grown = (envelope, by) => ({
  ...envelope,
  data: {
    ...envelope.data,
    stages: envelope.data.stages.map((stage) => ({
      ...stage,
      count: stage.count + by,
      outcomes: { ...stage.outcomes, open: stage.outcomes.open + by },
    })),
  },
});

/**
 * Gives a funnel new data in each of so many frames.
 *
 * @returns the milliseconds of each update with its style and layout, how many did not stand in the page when the
 * next one came, and frames a second
 */
window.update = async (envelope, updates, warmUp) => {
  const host = document.createElement('div');
  Object.assign(host.style, { width: '900px', height: '520px' });
  const element = document.createElement('sama-funnel');
  element.data = envelope;
  host.append(element);
  document.body.append(host);
  await element.updateComplete;
  await frame();
  const answers = Array.from({ length: updates + warmUp }, (_, i) => grown(envelope, i + 1));
  const shown = () => Array.from(element.renderRoot.querySelectorAll('.row .amount'), (amount) => amount.textContent);
  const taken = [];
  let dropped = 0;
  let begun = performance.now();
  for (const [i, answer] of answers.entries()) {
    await frame();
    if (i === warmUp) begun = performance.now();
    const start = performance.now();
    element.data = answer;
    await element.updateComplete;
    host.getBoundingClientRect();
    if (i >= warmUp) taken.push(performance.now() - start);
    const said = shown();
    if (answer.data.stages.some(({ count }, row) => said[row] !== count.toLocaleString('en'))) dropped += 1;
  }
  await frame();
  return { taken, dropped, rate: (1000 * updates) / (performance.now() - begun) };
};

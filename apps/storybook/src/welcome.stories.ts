import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { sampleFunnel } from './sample.ts';
import './welcome.css';

const meta = {
  title: 'Welcome',
  parameters: { controls: { disable: true } },
  tags: ['!autodocs'],
} satisfies Meta;

export default meta;

const TAG = `<script type="module"
  src="sama-funnel.js"></script>
<sama-funnel funnel="lead-to-won"
  src="https://metrics.example.com">
</sama-funnel>`;

/** Sama in one screen. */
export const Front: StoryObj = {
  name: 'Sama in one screen',
  render: () => html`
    <div class="front">
      <div class="words">
        <p class="lead">Marketing and sales look at one funnel, in words both agreed on.</p>
        <dl>
          <div>
            <dt><i class="half both"></i>One funnel</dt>
            <dd>
              From the first lead to the won deal: marketing sees what became of its leads, sales where its
              opportunities came from.
            </dd>
          </div>
          <div>
            <dt><i class="half marketing"></i>One definition</dt>
            <dd>Who entered, how long they were followed, what counts: it stands under every number.</dd>
          </div>
          <div>
            <dt><i class="half sales"></i>One promise</dt>
            <dd>The step between the teams has a time that both can watch. A rate comes with its interval.</dd>
          </div>
        </dl>
        <pre tabindex="0"><code>${TAG}</code></pre>
      </div>
      <sama-funnel density="compact" .data=${sampleFunnel}></sama-funnel>
    </div>
  `,
};

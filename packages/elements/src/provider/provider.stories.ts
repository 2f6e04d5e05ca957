import { html } from 'lit';
import './define.ts';
import '../filter/define.ts';
import '../funnel/define.ts';
import '../kpi/define.ts';
import { provided } from '../testing/provided.ts';
import type { Story } from '../testing/story.ts';

export default { title: 'Elements/Provider', component: 'sama-provider', tags: ['autodocs'] };

export const OneSource: Story = {
  name: 'One source and one choice for all',
  render: () => provided(html`<sama-filter></sama-filter><sama-kpi kpi="mqls"></sama-kpi><sama-funnel></sama-funnel>`),
};
export const OwnWords: Story = {
  name: 'What an element says itself wins',
  render: () => provided(html`<sama-kpi kpi="mqls" period="2025"></sama-kpi><sama-kpi kpi="acceptance"></sama-kpi>`),
};

import type { DataSource, Glossary } from '@sama/metrics/contracts';
import { html } from 'lit';
import '../locale/ar/define.ts';
import { glossary, glossaryDesk } from '../testing/glossary-desk.ts';
import { statesOf } from '../testing/states.ts';
import type { Story } from '../testing/story.ts';
import './define.ts';

export default { title: 'Elements/Glossary', component: 'sama-glossary', tags: ['autodocs'] };

export const Proposal: Story = {
  name: 'A proposal that waits for sales',
  render: () => html`<sama-glossary .source=${glossaryDesk().source('dana')} term="mql"></sama-glossary>`,
};
export const Redirect: Story = {
  name: 'A word not to say',
  render: () => html`<sama-glossary .source=${glossaryDesk().source('dana')} search="hot lead"></sama-glossary>`,
};
export const ByStage: Story = {
  render: () => html`<sama-glossary .source=${glossaryDesk().source('dana')} order="stage" term="sal"></sama-glossary>`,
};
export const Waiting: Story = {
  name: 'What waits for sales',
  render: () => html`<sama-glossary .source=${glossaryDesk().source('dana')} which="sales"></sama-glossary>`,
};
export const StaleTerm: Story = {
  render: () => html`<sama-glossary .source=${glossaryDesk().source('mia')} term="recycled"></sama-glossary>`,
};
export const GivenUp: Story = {
  name: 'A term one team wants to give up',
  render: () => html`<sama-glossary .source=${glossaryDesk().source('mia')} term="velocity"></sama-glossary>`,
};
/** The other team takes its proposal back between the look and the press. */
export const Conflict: Story = {
  render: () => {
    const desk = glossaryDesk();
    const [mine, theirs] = [desk.source('dana'), desk.source('mia')];
    const source: DataSource = {
      ...mine,
      command: async (command) => {
        await theirs.command({ ...command, commandId: 'theirs', type: 'term.withdraw' });
        desk.wait(4);
        return mine.command(command);
      },
    };
    return html`<sama-glossary .source=${source} term="mql"></sama-glossary>`;
  },
};
export const Reading: Story = {
  name: 'Without the right to act',
  render: () => html`<sama-glossary .source=${glossaryDesk().source('guest')} term="mql"></sama-glossary>`,
};
export const NothingMatches: Story = {
  render: () => html`<sama-glossary .source=${glossaryDesk().source()} search="zebra"></sama-glossary>`,
};
export const File: Story = {
  name: 'A glossary’s own file',
  render: () => html`<sama-glossary label="Words of Northwind" .data=${glossary} term="mql"></sama-glossary>`,
};
export const ListOfThePage: Story = {
  name: 'A list of the page',
  render: () =>
    html`<sama-glossary>
      <dl>
        <dt id="lead" data-owner="marketing">Lead</dt>
        <dd>A person who has asked for something.</dd>
        <dt id="mql" data-version="1.2.0">MQL</dt>
        <dd>A lead worth a salesperson’s time now.</dd>
      </dl>
    </sama-glossary>`,
};
export const Compact: Story = {
  render: () => html`<sama-glossary density="compact" .source=${glossaryDesk().source()} term="mql"></sama-glossary>`,
};

const states = statesOf({
  asked: (source) => html`<sama-glossary .source=${source}></sama-glossary>`,
  good: () => glossaryDesk().source(),
});
export const Loading: Story = states.loading;
export const NoDataYet: Story = states.noDataYet;
export const ErrorWithoutData: Story = states.errorWithoutData;
export const ErrorWithLastGood: Story = { name: 'Error with the last good values', ...states.errorWithLastGood };
export const Denied: Story = states.denied;
export const Unauthenticated: Story = states.unauthenticated;
export const Stale: Story = states.stale;
export const Partial: Story = { name: 'An input is missing', ...states.partial };
export const PermissionLimited: Story = states.permissionLimited;
export const DefinitionBreak: Story = states.definitionBreak;
export const Offline: Story = states.offline;
export const Demo: Story = { name: 'Demonstration data', ...states.demo };
export const NoSource: Story = { render: () => html`<sama-glossary></sama-glossary>` };
export const InvalidInput: Story = {
  render: () =>
    html`<sama-glossary .data=${{ v: 1, kind: 'glossary', terms: [{ id: 'lead', term: 4 }] }}></sama-glossary>`,
};

const hostile: Glossary = {
  v: 1,
  kind: 'glossary',
  terms: [
    {
      kind: 'term',
      id: 'img',
      version: '1.0.0',
      term: '<img src=x onerror="window.pwned=1">',
      owners: ['both'],
      definition: '"><script>window.pwned=1</script> ${alert(1)} {{constructor}} \u202Eevil',
      avoid: [{ word: '=HYPERLINK("https://evil.example","x")' }, { word: 'javascript:alert(1)' }],
      rule: 'A'.repeat(300),
    },
    {
      kind: 'term',
      id: 'long',
      version: '1.0.0',
      term: 'Donaudampfschifffahrtsgesellschaftskontakt mit Einwilligung und außergewöhnlich langem Namen',
      owners: ['marketing', 'customer-success'],
      definition: 'Ein Wort.',
    },
    {
      kind: 'term',
      id: 'rtl',
      version: '1.0.0',
      term: 'عميل محتمل',
      lang: 'ar',
      owners: ['sales'],
      definition: 'شخص طلب شيئًا ويمكن الاتصال به.',
    },
  ],
};
export const HostileText: Story = { render: () => html`<sama-glossary .data=${hostile}></sama-glossary>` };

export const Arabic: Story = {
  name: 'Right to left',
  render: () =>
    html`<div dir="rtl" lang="ar">
      <sama-glossary .source=${glossaryDesk().source('dana')} term="mql"></sama-glossary>
    </div>`,
};

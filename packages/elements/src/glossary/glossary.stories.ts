import type { DataSource, Envelope, Glossary } from '@sama/metrics/contracts';
import { html } from 'lit';
import { registerLocale } from '../locale/index.ts';
import { glossary, glossaryDesk } from '../testing/glossary-desk.ts';
import { silent, sourceOf, type Story } from '../testing/story.ts';
import './define.ts';

export default { title: 'Elements/Glossary', component: 'sama-glossary', tags: ['autodocs'] };

const failure = (code: NonNullable<Envelope['code']>, message: string): Envelope => ({
  v: 1,
  status: code === 'forbidden' || code === 'unauthenticated' ? 'denied' : 'error',
  flags: [],
  code,
  message,
  warnings: [],
});

/** A source whose answers are changed on their way. */
const changed = (source: DataSource, change: (envelope: Envelope) => Envelope): DataSource => ({
  ...source,
  query: async (question, options) => change(await source.query(question, options)),
});

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
export const Reading: Story = {
  name: 'Without the right to act',
  render: () => html`<sama-glossary .source=${glossaryDesk().source('guest')} term="mql"></sama-glossary>`,
};
export const NothingFound: Story = {
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

export const Loading: Story = { render: () => html`<sama-glossary .source=${silent}></sama-glossary>` };
export const NoTermsYet: Story = {
  render: () => html`<sama-glossary .data=${{ v: 1, kind: 'glossary', terms: [] } satisfies Glossary}></sama-glossary>`,
};
export const NoSource: Story = { render: () => html`<sama-glossary></sama-glossary>` };
export const ErrorWithoutData: Story = {
  render: () =>
    html`<sama-glossary
      .source=${sourceOf(failure('unreachable', 'metrics.example.com cannot be reached'))}
    ></sama-glossary>`,
};
export const Denied: Story = {
  render: () =>
    html`<sama-glossary .source=${sourceOf(failure('forbidden', 'scope glossary is missing'))}></sama-glossary>`,
};
export const Unauthenticated: Story = {
  render: () => html`<sama-glossary .source=${sourceOf(failure('unauthenticated', 'no token'))}></sama-glossary>`,
};
export const Stale: Story = {
  render: () =>
    html`<sama-glossary
      .source=${changed(glossaryDesk().source(), (envelope) => ({ ...envelope, flags: ['stale'] }))}
    ></sama-glossary>`,
};
export const OfflineDemo: Story = {
  name: 'Offline, with demonstration data',
  render: () =>
    html`<sama-glossary
      .source=${changed(glossaryDesk().source(), (envelope) => ({ ...envelope, flags: ['offline', 'demo'] }))}
    ></sama-glossary>`,
};
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

registerLocale('ar', {
  tag: 'ar',
  more: 'المزيد',
  glossary: 'مسرد مشترك',
  searchTerms: 'ابحث في المصطلحات',
  sayInstead: (word) => `«${word}» ليست كلمة متفقًا عليها. قل`,
  termSentence: '{which} حسب {order}',
  whichLabel: 'أي مصطلحات',
  orderLabel: 'الترتيب',
  byName: 'الاسم',
  byStage: 'المرحلة',
  which: {
    all: 'كل المصطلحات',
    agreed: 'المتفق عليها',
    open: 'غير المتفق عليها بعد',
    stale: 'بحاجة إلى تأكيد',
    marketing: 'بانتظار التسويق',
    sales: 'بانتظار المبيعات',
  },
  termStatus: {
    draft: 'مسودة',
    proposed: 'مقترح',
    'agreed-by-marketing': 'التسويق فقط',
    'agreed-by-sales': 'المبيعات فقط',
    agreed: 'متفق عليه',
    stale: 'بحاجة إلى تأكيد',
    deprecated: 'لم يعد مستخدمًا',
  },
  staleSince: (when) => `قديم منذ ${when}`,
  nextVersion: (version, status) => `${version} ${status}`,
  inForce: (version) => `الإصدار ${version} ساري`,
  notInForce: (version) => `الإصدار ${version} غير ساري`,
  ownedBy: { both: 'يملكه الفريقان', one: (team) => `يملكه ${team}` },
  trueWhen: 'صحيح عندما',
  newIn: (version) => `جديد في ${version}`,
  openHead: (version, status) => `${status} ${version}.`,
  approved: (when, who) => `وافق ${who} في ${when}`,
  notApproved: 'لم تتم الموافقة بعد',
  usedBy: 'يستخدمه',
  exportAs: 'تصدير',
  termCounts: (_, terms, agreed) => `${terms} مصطلحات، ${agreed} باتفاق الفريقين`,
  history: (_, count) => `سجل من ${count} قيود`,
  owners: {
    marketing: 'التسويق',
    sales: 'المبيعات',
    both: 'مشترك',
    'customer-success': 'نجاح العملاء',
    operations: 'العمليات',
  },
  deeds: {
    'term.approve': 'موافقة',
    'term.reject': 'إعادة',
    'term.propose': 'اقتراح تغيير',
    'term.deprecate': 'التخلي عن المصطلح',
  },
});
export const Arabic: Story = {
  name: 'Right to left',
  render: () =>
    html`<div dir="rtl" lang="ar">
      <sama-glossary .source=${glossaryDesk().source('dana')} term="mql"></sama-glossary>
    </div>`,
};

import type { DataSource, Envelope } from '@sama/metrics/contracts';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import { html } from 'lit';
import './define.ts';
import { registerLocale } from '../locale/index.ts';
import {
  COLLEAGUE,
  hostileSketches,
  manySketches,
  MARKETER,
  queueDesk,
  SELLER,
  SKETCHES,
} from '../testing/queue-desk.ts';
import { silent, sourceOf, type Story } from '../testing/story.ts';

registerLocale('ar', {
  tag: 'ar',
  queue: 'قائمة التسليم',
  queueViews: { mine: 'لي', team: 'الفريق', returned: 'مُعاد', breached: 'متأخر', all: 'الكل' },
  filter: 'تصفية',
  keyList: 'المفاتيح',
  live: 'مباشر',
  sortedBy: (sort) => `الترتيب: ${sort}`,
  sorts: { rating: 'التقييم ثم الموعد', due: 'الموعد', newest: 'الأحدث' },
  timesIn: (zone) => `التوقيت ${zone}`,
  dueIn: (span) => `خلال ${span}`,
  dueAt: (when) => `الموعد ${when}`,
  overdueBy: (span) => `متأخر ${span}`,
  acts: { accept: 'قبول', return: 'إعادة', recycle: 'تدوير', disqualify: 'استبعاد', note: 'ملاحظة', undo: 'تراجع' },
  actIn: (act, span, at) => `${act} خلال ${span}، قبل ${at}`,
  clockActs: {
    systemLatency: 'العرض',
    acceptance: 'القرار',
    firstResponse: 'الرد',
    disposition: 'التأهيل أو الإغلاق',
    marketingFix: 'الإكمال',
    recycleReview: 'المراجعة',
  },
  source: 'المصدر',
  account: 'الشركة',
  lastTouches: 'آخر نشاط',
});

export default { title: 'Elements/Hand-off queue', component: 'sama-handoff-queue', tags: ['autodocs'] };

const ZONE = 'Europe/Lisbon';
const withSource = (source: DataSource, view = 'mine') =>
  html`<sama-handoff-queue time-zone=${ZONE} view=${view} .source=${source}></sama-handoff-queue>`;

const failure = (code: NonNullable<Envelope['code']>, message: string): Envelope => ({
  v: 1,
  status: code === 'forbidden' || code === 'unauthenticated' ? 'denied' : 'error',
  flags: [],
  code,
  message,
  warnings: [],
});

/** The same with something in place of its commands. */
const withCommand = (source: DataSource, command: DataSource['command']): DataSource => ({ ...source, command });

export const Mine: Story = { render: () => withSource(queueDesk().sit()) };
export const Team: Story = { render: () => withSource(queueDesk().sit(), 'team') };
export const Breached: Story = { render: () => withSource(queueDesk().sit(), 'breached') };
export const All: Story = { render: () => withSource(queueDesk().sit(), 'all') };
export const Returns: Story = {
  name: 'Marketing’s inbox of returns',
  render: () => withSource(queueDesk().sit(MARKETER), 'returned'),
};
export const Compact: Story = {
  render: () =>
    html`<sama-handoff-queue density="compact" time-zone=${ZONE} .source=${queueDesk().sit()}></sama-handoff-queue>`,
};
export const KeysRemapped: Story = {
  name: 'Other keys',
  render: () =>
    html`<sama-handoff-queue
      keys="accept=y return="
      time-zone=${ZONE}
      .source=${queueDesk().sit()}
    ></sama-handoff-queue>`,
};
export const KeysOff: Story = {
  name: 'Without single keys',
  render: () =>
    html`<sama-handoff-queue keys="off" time-zone=${ZONE} .source=${queueDesk().sit()}></sama-handoff-queue>`,
};

/** A colleague accepts a lead between the look and the command. */
export const Conflict: Story = {
  render: () => {
    const desk = queueDesk();
    const [mine, theirs] = [desk.sit(), desk.sit(COLLEAGUE)];
    let first = true;
    return withSource(
      withCommand(mine, async (command) => {
        if (first) await theirs.command({ ...command, commandId: 'theirs' });
        first = false;
        desk.wait(4000);
        return mine.command(command);
      }),
    );
  },
};
/** Every command is refused after a moment. */
export const Rollback: Story = {
  name: 'A command that fails',
  render: () =>
    withSource(
      withCommand(queueDesk().sit(), async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        return { status: 'refused', message: 'at: the ledger is closed for the night; try again at six' };
      }),
    ),
};
export const ReadOnly: Story = {
  name: 'Only to look at',
  render: () => withSource(queueDesk().sit(SELLER, { ...OWNER_RIGHTS, caps: [] })),
};
export const Masked: Story = {
  name: 'Without personal data',
  render: () => withSource(queueDesk().sit(SELLER, { ...OWNER_RIGHTS, scopes: ['handoffs'] })),
};
export const PermissionLimited: Story = {
  render: () =>
    withSource(
      queueDesk().sit(SELLER, { ...OWNER_RIGHTS, rows: { field: 'id', in: ['P-H1', 'P-H2', 'P-H3'] } }),
      'team',
    ),
};

export const Loading: Story = { render: () => withSource(silent) };
export const NothingToDo: Story = { render: () => withSource(queueDesk([]).sit()) };
export const NothingFits: Story = {
  render: () =>
    html`<sama-handoff-queue search="zeppelin" time-zone=${ZONE} .source=${queueDesk().sit()}></sama-handoff-queue>`,
};
export const Filtered: Story = {
  render: () =>
    html`<sama-handoff-queue
      rating="A"
      sort="due"
      time-zone=${ZONE}
      .source=${queueDesk().sit()}
    ></sama-handoff-queue>`,
};
export const ErrorWithoutData: Story = {
  render: () => withSource(sourceOf(failure('unreachable', 'ledger.example.com cannot be reached'))),
};
export const ErrorWithLastGood: Story = {
  name: 'Error with the last good list',
  render: () => {
    const good = queueDesk().sit();
    let asked = 0;
    const query: DataSource['query'] = async (question, options) => {
      const isList = question.kind === 'handoffs' && question.show === 'list';
      asked += isList ? 1 : 0;
      return isList && asked > 1
        ? failure('timeout', 'ledger.example.com did not answer')
        : good.query(question, options);
    };
    return html`<sama-handoff-queue
      data-then="reload"
      time-zone=${ZONE}
      .source=${{ ...good, query }}
    ></sama-handoff-queue>`;
  },
};
export const Denied: Story = { render: () => withSource(sourceOf(failure('forbidden', 'scope handoffs is missing'))) };
export const Unauthenticated: Story = { render: () => withSource(sourceOf(failure('unauthenticated', 'no token'))) };
export const Demo: Story = {
  name: 'Demonstration data',
  render: () => withSource(queueDesk(SKETCHES, ['demo']).sit()),
};
export const InvalidData: Story = {
  render: () => html`<sama-handoff-queue .data=${{ v: 1, rows: 'many' }}></sama-handoff-queue>`,
};
export const NoSource: Story = { render: () => html`<sama-handoff-queue></sama-handoff-queue>` };

export const Arabic: Story = {
  name: 'Right to left',
  render: () => html`<div dir="rtl" lang="ar-EG">${withSource(queueDesk().sit())}</div>`,
};
export const HostileText: Story = { render: () => withSource(queueDesk(hostileSketches()).sit()) };
export const Many: Story = { name: 'Ten thousand', render: () => withSource(queueDesk(manySketches(10_000)).sit()) };
export const HostAccent: Story = {
  name: 'The accent of a green page',
  render: () => html`<div class="green">${withSource(queueDesk().sit())}</div>`,
};

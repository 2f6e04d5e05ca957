import type { DataSource } from '@sama/metrics/contracts';
import { OWNER_RIGHTS } from '@sama/metrics/contracts';
import { html } from 'lit';
import './define.ts';
import '../locale/ar/define.ts';
import { COLLEAGUE, hostileSketches, manySketches, MARKETER, queueDesk, SELLER } from '../testing/queue-desk.ts';
import { statesOf } from '../testing/states.ts';
import type { Story } from '../testing/story.ts';

export default { title: 'Elements/Hand-off queue', component: 'sama-handoff-queue', tags: ['autodocs'] };

const ZONE = 'Europe/Lisbon';
const withSource = (source: DataSource, view = 'mine') =>
  html`<sama-handoff-queue time-zone=${ZONE} view=${view} .source=${source}></sama-handoff-queue>`;

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
export const RowLimited: Story = {
  render: () =>
    withSource(
      queueDesk().sit(SELLER, { ...OWNER_RIGHTS, rows: { field: 'id', in: ['P-H1', 'P-H2', 'P-H3'] } }),
      'team',
    ),
};

const states = statesOf({ asked: withSource, good: () => queueDesk().sit() });
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
export const NothingMatches: Story = {
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

import { createHttpReader, problem, readEnvelope, readSupplied } from '@sama/metrics/client';
import type { DataSource, Envelope, View } from '@sama/metrics/contracts';
import { Asking, type AskingHost } from './asking.ts';
import { readTable } from './read-table.ts';
import { type Inputs, sourceAt } from './source.ts';

/** What the controller needs of an element. */
export interface AnswerHost extends AskingHost {
  /** How plain counts were taken. */
  readonly plainView: View;
  readonly label?: string | null | undefined;
}

const ofFunnel = (envelope: Envelope): Envelope =>
  (envelope.data?.kind ?? 'funnel') === 'funnel' ? envelope : problem('invalid-answer', 'data.kind: expected funnel');

/** Answers with numbers: a page may also supply plain counts, or a table of them. */
export class Answers extends Asking<AnswerHost> {
  protected override readonly topic = 'data';
  override readonly read = (value: unknown): Envelope => ofFunnel(readEnvelope(value));

  protected override open(inputs: Inputs): DataSource | undefined {
    // In a file may be plain rows, too.
    return sourceAt(inputs, (file) => this.supplied(file, ''), createHttpReader);
  }

  protected override also(): readonly unknown[] {
    return [this.host.plainView, this.host.label];
  }

  protected override supplied(value: unknown, caption: string): Envelope {
    return ofFunnel(readSupplied(value, { view: this.host.plainView, label: this.host.label ?? caption }));
  }

  protected override content(): { value: unknown; caption: string } | undefined {
    const table = this.host.querySelector('table');
    if (table === null) return undefined;
    const { rows, label } = readTable(table);
    return { value: rows, caption: label };
  }
}

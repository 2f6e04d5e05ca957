import { createReader, readHead } from '@sama/metrics/client';
import type { DataSource } from '@sama/metrics/contracts';
import { Asking } from '../internal/asking.ts';
import { type Inputs, sourceAt } from '../internal/source.ts';
import type { Option } from '../internal/pick.ts';

/** The segments of a funnel; of its answer nothing else is looked at. */
export class Segments extends Asking {
  protected override readonly topic = 'data';
  override readonly read = readHead;

  protected override open(inputs: Inputs): DataSource | undefined {
    return sourceAt(inputs, readHead, (server) => createReader({ ...server, read: readHead }));
  }

  get options(): Option[] {
    const data = this.good?.data;
    const segments = data?.kind === 'funnel' && Array.isArray(data.segments) ? data.segments : [];
    return segments.map(({ id, label }) => ({ value: id, text: label }));
  }
}

import { createReader, fileSource, readKpis } from '@sama/metrics/client';
import type { DataSource, Envelope } from '@sama/metrics/contracts';
import { Asking } from '../internal/asking.ts';
import { type Inputs, isFile } from '../internal/source.ts';

/** Answers with KPIs; those of a page that ask one server travel together. */
export class KpiAnswers extends Asking {
  protected override readonly topic = 'data';

  protected override open({ source, src, fetchToken }: Inputs): DataSource | undefined {
    if (source !== null && source !== undefined) return source;
    if (src === null || src === undefined || src === '') return undefined;
    return isFile(src)
      ? fileSource(src, {}, readKpis)
      : createReader({ src, fetchToken: fetchToken ?? undefined, read: readKpis });
  }

  protected override supplied(value: unknown): Envelope {
    return readKpis(value);
  }

  /** A page has no HTML that says KPIs. */
  protected override content(): undefined {
    return undefined;
  }
}

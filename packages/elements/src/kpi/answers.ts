import { createReader, readKpis } from '@sama/metrics/client';
import type { DataSource } from '@sama/metrics/contracts';
import { Asking } from '../internal/asking.ts';
import { type Inputs, sourceAt } from '../internal/source.ts';
import { inTurn } from '../internal/turns.ts';

/** Answers with KPIs; those of a page that ask one server travel together. */
export class KpiAnswers extends Asking {
  protected override readonly topic = 'data';
  override readonly read = readKpis;

  protected override open(inputs: Inputs): DataSource | undefined {
    return sourceAt(inputs, readKpis, (server) =>
      createReader({ ...server, read: (value) => inTurn(() => readKpis(value)) }),
    );
  }
}

import type { EntityRecord, Scalar } from '../contracts/index.ts';
import type { FieldReader } from './evaluate.ts';

/** The two fields a record does not carry itself. @public */
export interface Derived {
  /** Where the entity stands. */
  stage?: string;
  /** By stage, the instant or day of its first visit. */
  reached?: Readonly<Record<string, string>>;
}

/**
 * Reads the fields of the criteria language from records.
 *
 * @param derived for each record its `stage` and `reached.STAGE`, where the criteria ask for them.
 * @public
 */
export function recordReader(records: readonly EntityRecord[], derived: readonly Derived[] = []): FieldReader {
  return (field) => {
    if (field === 'stage') return (i) => derived[i]?.stage;
    if (field.startsWith('reached.')) {
      const stage = field.slice('reached.'.length);
      return (i) => own(derived[i]?.reached, stage);
    }
    if (field.startsWith('attributes.')) {
      const name = field.slice('attributes.'.length);
      return (i) => own(records[i]?.attributes, name);
    }
    return (i) => {
      const record = records[i];
      return record === undefined ? undefined : linkOf(record, field);
    };
  };
}

function own(values: Readonly<Record<string, Scalar>> | undefined, name: string): Scalar | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}

function linkOf(record: EntityRecord, field: string): Scalar | undefined {
  switch (field) {
    case 'id':
      return record.id;
    case 'owner':
      return record.owner;
    case 'amount':
      return record.amount;
    case 'currency':
      return record.currency;
    case 'accountId':
      return record.accountId;
    case 'personId':
      return record.personId;
    case 'campaignId':
      return record.campaignId;
    case 'currentStage':
      return record.currentStage;
    default:
      return undefined;
  }
}

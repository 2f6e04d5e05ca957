import type { AttributeRule, DateFormat, DecimalSign, EntityType, Mapping, StageRule } from '@sama/metrics/contracts';
import { attributeName, entityOf, named, namesStage, stageFit } from './names.ts';
import { isoDay, openDecimals, type ColumnProfile } from './profile.ts';
import type { Sample } from './sample.ts';
import { findSubject, isDate, type Subject } from './subject.ts';

/** A stage a mapping may name. @beta */
export interface KnownStage {
  key: string;
  label?: string;
}

/** What a proposal needs to know beside the file. @beta */
export interface ProposalOptions {
  /** The name of the source system. */
  source: string;
  stages: readonly KnownStage[];
  /** Stages by which a cohort enters a funnel; that no column dates any of them is doubtful. */
  entryStages?: readonly string[];
  /** Used where no column holds a currency. */
  currency: string;
}

/** Why a column is mapped as it is. @beta */
export interface Guess {
  part: string;
  column?: string;
  reason: string;
  /** Worth a look before the import. */
  doubtful?: boolean;
}

/** A mapping proposed for a file, and why. @beta */
export interface Proposal {
  mapping: Mapping;
  guesses: Guess[];
  /** Why nobody may take the mapping unseen: dates with two readings, no stage at all. Sentences for people. */
  unsafe: string[];
}

/** A sample in which no column can identify a record. @beta */
export class NoProposalError extends Error {
  override name = 'NoProposalError';
}

/**
 * Proposes how the columns of a sample become canonical records, with a reason for each guess.
 * Every column is used once at most, and what is nothing else becomes an attribute, so that
 * nothing of the file is left behind unasked. Throws `NoProposalError` when there is no id.
 * @beta
 */
export function proposeMapping(sample: Sample, options: ProposalOptions): Proposal {
  const proposer = new Proposer(sample, options);
  return proposer.propose();
}

class Proposer {
  readonly #columns: readonly ColumnProfile[];
  readonly #sample: Sample;
  readonly #options: ProposalOptions;
  readonly #used = new Set<string>();
  readonly #guesses: Guess[] = [];
  readonly #unsafe: string[] = [];

  constructor(sample: Sample, options: ProposalOptions) {
    this.#sample = sample;
    this.#columns = sample.columns;
    this.#options = options;
  }

  propose(): Proposal {
    const subject = findSubject(this.#columns, this.#options.stages);
    if (subject === undefined)
      throw new NoProposalError(
        'no column has a value in every row that could identify a record; write a mapping by hand and name the id column in "id"',
      );
    const { id, state, change } = subject;
    this.#used.add(id.name);
    this.#note('id', id.name, subject.idReason, subject.idDoubtful);
    const entityType = this.#entityType(id);
    const rows = change === undefined ? 'records' : 'events';
    this.#note('rows', undefined, change?.reason ?? `one row is one ${entityType}`);
    const dates = this.#dateFormat();
    const stages = rows === 'records' ? this.#stages(state) : [];
    const event = change !== undefined && state !== undefined ? this.#event(state, change) : undefined;
    if (rows === 'records') this.#unusedDates(entityType, stages);
    const currentStage = rows === 'records' && state !== undefined ? this.#currentStage(state) : undefined;
    const links = this.#links(entityType);
    const amount = this.#amount();
    const owner = this.#take(
      'owner',
      'the name of a person who is responsible',
      (column) => column.type === 'text' && named(column.name, 'owner'),
    );
    const attributes = this.#attributes();
    if (stages.length === 0 && event === undefined && currentStage === undefined)
      this.#unsafe.push('no column holds a stage or the date of one; name them in "stages", "event" or "currentStage"');
    return {
      guesses: this.#guesses,
      unsafe: this.#unsafe,
      mapping: {
        v: 1,
        source: this.#options.source,
        rows,
        entityType,
        id: id.name,
        ...(this.#sample.delimiter === undefined || this.#sample.delimiter === ','
          ? {}
          : { delimiter: this.#sample.delimiter }),
        ...(dates === undefined ? {} : { dates: { format: dates } }),
        ...(Object.keys(links).length === 0 ? {} : { links }),
        ...(owner === undefined ? {} : { owner: owner.name }),
        ...(amount === undefined ? {} : { amount }),
        ...(stages.length === 0 ? {} : { stages }),
        ...(event === undefined ? {} : { event }),
        ...(currentStage === undefined ? {} : { currentStage }),
        ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
      },
    };
  }

  #note(part: string, column: string | undefined, reason: string, doubtful = false): void {
    this.#guesses.push({
      part,
      ...(column === undefined ? {} : { column }),
      reason,
      ...(doubtful ? { doubtful } : {}),
    });
  }

  #free(): ColumnProfile[] {
    return this.#columns.filter((column) => !this.#used.has(column.name));
  }

  #take(part: string, reason: string, test: (column: ColumnProfile) => boolean): ColumnProfile | undefined {
    const column = this.#free().find((column) => column.type !== 'empty' && test(column));
    if (column === undefined) return undefined;
    this.#used.add(column.name);
    this.#note(part, column.name, reason);
    return column;
  }

  #entityType(id: ColumnProfile): EntityType {
    const byId = entityOf(id.name);
    if (byId !== undefined) {
      this.#note(
        'entityType',
        id.name,
        `the id column is named like that of ${byId === 'account' || byId === 'opportunity' ? 'an' : 'a'} ${byId}`,
      );
      return byId;
    }
    for (const type of ['opportunity', 'person', 'account'] as const) {
      const column = this.#columns.find((column) => entityOf(column.name) === type);
      if (column !== undefined) {
        this.#note(
          'entityType',
          column.name,
          `"${column.name}" belongs to ${type === 'person' ? 'a' : 'an'} ${type}`,
          true,
        );
        return type;
      }
    }
    this.#note('entityType', undefined, 'no column tells what a row is about', true);
    return 'person';
  }

  #stageOf(value: string): KnownStage | undefined {
    return this.#options.stages.find((stage) => namesStage(value, stage));
  }

  #dates(): ColumnProfile[] {
    return this.#free().filter(isDate);
  }

  #dateFormat(): DateFormat | undefined {
    const columns = this.#columns.filter((column) => column.dateFormats !== undefined);
    if (columns.length === 0) return undefined;
    const shared = (columns[0]?.dateFormats ?? []).filter((format) =>
      columns.every((column) => column.dateFormats?.includes(format)),
    );
    const format = shared[0] ?? columns[0]?.dateFormats?.[0];
    if (format === undefined) return undefined;
    const names = columns.map((column) => `"${column.name}"`).join(', ');
    if (shared.length > 1) {
      const example = columns[0]?.values[0]?.value ?? '';
      this.#unsafe.push(
        `${names}: "${example}" can be read as ${shared.map((reading) => `${isoDay(example, reading)} (${reading})`).join(' or ')}; set "dates": { "format": … } to one of these`,
      );
      this.#note(
        'dates',
        undefined,
        `${names}: day and month cannot be told apart in the sample; ${format} is a guess`,
        true,
      );
    }
    if (shared.length === 0)
      this.#note('dates', undefined, `${names} are written in different ways; ${format} is that of the first`, true);
    if (shared.length === 1) this.#note('dates', undefined, `${names}: all sampled values are written ${format}`);
    return format;
  }

  #stages(state: ColumnProfile | undefined): StageRule[] {
    const rules: StageRule[] = [];
    for (const column of this.#dates()) {
      const fits = this.#options.stages
        .map((stage) => ({ stage, fit: stageFit(column.name, stage) }))
        .filter(({ fit }) => fit > 0);
      const best = Math.max(0, ...fits.map(({ fit }) => fit));
      const chosen = fits.filter(({ fit }) => fit === best);
      if (chosen.length === 0) continue;
      this.#used.add(column.name);
      for (const { stage } of chosen) {
        const values = (state?.values ?? [])
          .map(({ value }) => value)
          .filter((value) => this.#stageOf(value)?.key === stage.key);
        if (best === 1 && (state === undefined || values.length === 0)) {
          if (chosen.length > 1) continue;
        }
        const when =
          best === 1 && state !== undefined && values.length > 0 ? { column: state.name, in: values } : undefined;
        rules.push({ stage: stage.key, at: column.name, ...(when === undefined ? {} : { when }) });
        this.#note(
          `stages: ${stage.key}`,
          column.name,
          when === undefined
            ? `the name fits the stage ${stage.key}`
            : `the date on which "${when.column}" became ${values.join(' or ')}`,
          best === 1,
        );
      }
      if (!rules.some((rule) => rule.at === column.name)) this.#used.delete(column.name);
    }
    return rules;
  }

  /** Says which dates become no stage, and when none begins the funnel: a funnel without them looks empty. */
  #unusedDates(entityType: EntityType, rules: readonly StageRule[]): void {
    const unused = this.#free().filter(({ type }) => type === 'date');
    if (unused.length > 0)
      this.#note(
        'stages',
        undefined,
        `${unused.length === 1 ? '1 date column is' : `${unused.length} date columns are`} not used as stages: ${unused.map(({ name }) => `"${name}"`).join(', ')}; name the stage of each in "stages" of the mapping`,
        true,
      );
    const entries = this.#options.entryStages ?? [];
    if (entityType !== 'account' && entries.length > 0 && !rules.some(({ stage }) => entries.includes(stage)))
      this.#note(
        `stages: ${entries.join(', ')}`,
        undefined,
        `no column holds the date of the first stage, ${entries.join(' or ')}; a funnel that starts there does not count these rows`,
        true,
      );
  }

  #event(state: ColumnProfile, { at, id }: NonNullable<Subject['change']>): NonNullable<Mapping['event']> {
    for (const column of [state, at, ...(id === undefined ? [] : [id])]) this.#used.add(column.name);
    this.#note('event.at', at.name, 'the date of the stage change');
    if (id !== undefined) this.#note('event.recordId', id.name, 'identifies the stage change');
    return {
      stage: { column: state.name, ...this.#values(state, 'event.stage') },
      at: at.name,
      ...(id === undefined ? {} : { recordId: id.name }),
    };
  }

  #currentStage(state: ColumnProfile): NonNullable<Mapping['currentStage']> {
    this.#used.add(state.name);
    return { column: state.name, ...this.#values(state, 'currentStage') };
  }

  #values(state: ColumnProfile, part: string): { values?: Record<string, string> } {
    const found: Record<string, string> = {};
    const unknown: string[] = [];
    for (const { value } of state.values) {
      const stage = this.#stageOf(value);
      if (stage === undefined) unknown.push(value);
      else found[value] = stage.key;
    }
    this.#note(
      part,
      state.name,
      unknown.length === 0
        ? 'every sampled value is a known stage'
        : `no known stage for ${unknown.slice(0, 5).join(', ')}: rows with them are refused until "values" or a definition names them`,
      unknown.length > 0,
    );
    return Object.keys(found).length === 0 ? {} : { values: found };
  }

  #links(entityType: EntityType): NonNullable<Mapping['links']> {
    const link = (part: string, meaning: 'account' | 'personLink' | 'campaign'): string | undefined =>
      (
        this.#take(
          `links.${part}`,
          'named like a link',
          (column) => named(column.name, meaning) && named(column.name, 'id') && column.type !== 'date',
        ) ??
        this.#take(
          `links.${part}`,
          'named like a link',
          (column) =>
            named(column.name, meaning) &&
            ['text', 'integer'].includes(column.type) &&
            !named(column.name, 'description'),
        )
      )?.name;
    const accountId = entityType === 'account' ? undefined : link('accountId', 'account');
    const personId = entityType === 'person' ? undefined : link('personId', 'personLink');
    const campaignId = link('campaignId', 'campaign');
    return {
      ...(accountId === undefined ? {} : { accountId }),
      ...(personId === undefined ? {} : { personId }),
      ...(campaignId === undefined ? {} : { campaignId }),
    };
  }

  #amount(): Mapping['amount'] {
    const numeric = (column: ColumnProfile): boolean =>
      column.type === 'integer' || column.type === 'number' || column.decimals !== undefined;
    const column =
      this.#take('amount', 'a number named like money', (column) => numeric(column) && named(column.name, 'amount')) ??
      this.#take('amount', 'a number named like money', (column) => numeric(column) && named(column.name, 'value'));
    if (column === undefined) return undefined;
    const currency = this.#take(
      'amount.currency',
      'three-letter codes',
      (column) =>
        column.type === 'text' &&
        column.values.every(({ value }) => /^[A-Z]{3}$/.test(value)) &&
        named(column.name, 'currency'),
    );
    if (currency === undefined)
      this.#note(
        'amount.currency',
        undefined,
        `no column holds a currency; ${this.#options.currency} is assumed`,
        true,
      );
    const decimal = this.#decimal(column);
    return {
      column: column.name,
      currency: currency === undefined ? this.#options.currency : { column: currency.name },
      ...(decimal === undefined ? {} : { decimal }),
    };
  }

  /** The decimal sign, where the numbers do not show it by themselves. */
  #decimal(column: ColumnProfile): DecimalSign | undefined {
    // In JSON a number is a number.
    const open = this.#sample.format === 'csv' ? openDecimals(column) : undefined;
    if (open === undefined) return column.type === 'text' ? column.decimals?.signs[0] : undefined;
    this.#unsafe.push(open.reason);
    this.#note(
      'amount.decimal',
      column.name,
      'thousands and decimals cannot be told apart; thousands are a guess',
      true,
    );
    return open.guess;
  }

  #attributes(): Record<string, AttributeRule> {
    const rules: Record<string, AttributeRule> = {};
    for (const column of this.#free()) {
      const key = attributeName(column.name, rules);
      const type =
        column.type === 'integer' || column.type === 'number'
          ? 'number'
          : column.type === 'date' || column.type === 'boolean'
            ? column.type
            : undefined;
      rules[key] = { column: column.name, ...(type === undefined ? {} : { type }) };
      const unread = column.type === 'text' && column.decimals === undefined && named(column.name, 'amount');
      this.#note(
        `attributes.${key}`,
        column.name,
        column.type === 'empty'
          ? 'no value in the sample; kept as text'
          : unread
            ? 'named like an amount, but not every value can be read as one without doubt; kept as text'
            : `kept as ${type ?? 'text'}`,
        unread,
      );
    }
    return rules;
  }
}

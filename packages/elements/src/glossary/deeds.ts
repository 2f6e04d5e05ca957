import type { DataSource, GlossaryQuestion, GlossaryTerm } from '@sama/metrics/contracts';
import { nextVersion } from '@sama/metrics/definitions';
import { nothing } from 'lit/html.js';
import { Commands } from '../internal/commands.ts';
import type { Counts } from '../internal/counts.ts';
import type { Part } from '../internal/frame.ts';
import type { GlossaryWords } from '../locale/index.ts';
import { failureBanner } from './failure.ts';
import { type Change, formTemplate, type Preview, textOf } from './forms.ts';

/** What it needs of the glossary. */
export interface DeedHost extends HTMLElement {
  readonly question: GlossaryQuestion;
  requestUpdate(): void;
  reload(): Promise<void>;
}

const CHANGES: readonly Change[] = ['patch', 'minor', 'major'];
const isChange = (word: unknown): word is Change => CHANGES.some((change) => change === word);

/** What a reader does to a term: by a press, or by a form that asks for words first. */
export class Deeds {
  /** The command whose words are asked for. */
  form: string | undefined;
  /** A text that was looked at before it is proposed. */
  preview: Preview | undefined;
  /** Why the form led nowhere. */
  fault = '';
  readonly commands: Commands;

  readonly #host: DeedHost;
  readonly #source: () => DataSource | undefined;
  readonly #words: () => GlossaryWords;
  readonly #onDone: () => void;

  /** @param onDone told when something was done */
  constructor(host: DeedHost, source: () => DataSource | undefined, words: () => GlossaryWords, onDone: () => void) {
    this.#host = host;
    this.#source = source;
    this.#words = words;
    this.#onDone = onDone;
    this.commands = new Commands(host, source);
  }

  /** The form that is open, if one is. */
  formOf(full: GlossaryTerm, names: ReadonlyMap<string, string>, f: Counts, cancel: () => void): Part {
    const { form, preview, fault, commands } = this;
    if (form === undefined) return nothing;
    return formTemplate({
      type: form,
      term: full.open?.term ?? full.term,
      names,
      preview,
      fault,
      busy: commands.pending !== undefined,
      canDraft: full.can.includes('term.draft'),
      submit: (values, type) => void this.submit(full, values, type),
      changed: () => this.forgetPreview(),
      cancel,
      f,
      t: this.#words(),
    });
  }

  /** Why the last command was not done, if it was not. */
  failureOf(asOf: string | undefined, f: Counts): Part {
    const { failure } = this.commands;
    if (failure === undefined) return nothing;
    const forget = (): void => this.commands.forget();
    return failureBanner({ failure, asOf, f, t: this.#words(), again: () => void this.again(), forget });
  }

  /** Opens the form of a command, or leaves it. */
  open(form: string | undefined): void {
    this.form = form;
    this.forgetPreview();
    this.#tell('');
  }

  /** What was looked at is no longer what the form says. */
  forgetPreview(): void {
    this.preview = undefined;
    this.#host.requestUpdate();
  }

  #tell(fault: string): void {
    this.fault = fault;
    this.#host.requestUpdate();
  }

  /** Gives the command a form was filled in for, or looks at its text first. */
  async submit(full: GlossaryTerm, values: FormData, type: string): Promise<void> {
    const said = (name: string): string => {
      const value = values.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const reason = said('reason');
    if (type === 'term.reject') return this.give(type, full, { version: full.open?.term.version, comment: reason });
    if (type === 'term.deprecate') {
      const replacedBy = said('replacedBy') || undefined;
      return this.give(type, full, { reason, ...(replacedBy && { replacedBy }) });
    }
    const { preview } = this;
    if (type === 'term.propose' && preview !== undefined) {
      const payload = { term: preview.text, impact: preview.impact.impact, ...(reason && { reason }) };
      return this.give(type, full, payload);
    }
    const change = said('change');
    await this.#look(full, values, type, isChange(change) ? change : 'patch').catch((error) =>
      this.#tell(String(error)),
    );
  }

  /** Asks what a text would mean, under the least version its changes ask for. */
  async #look(full: GlossaryTerm, values: FormData, type: string, change: Change): Promise<void> {
    const agreed = full.versions[0]?.version;
    const from = full.open?.term ?? full.term;
    const version = agreed === undefined ? from.version : nextVersion(agreed, change);
    const text = textOf(values, from, version, this.#words());
    if (typeof text === 'string') return this.#tell(text);
    if (type === 'term.draft') return this.give(type, full, { term: text });
    const answer = await this.#source()?.query({ ...this.#host.question, show: 'impact', key: full.key, text });
    const impact = answer?.data;
    if (impact?.kind !== 'glossary' || impact.show !== 'impact')
      return this.#tell(answer?.message ?? this.#words().refused);
    const least = impact.change ?? change;
    if (CHANGES.indexOf(change) < CHANGES.indexOf(least)) return this.#look(full, values, type, least);
    this.preview = { text, impact };
    this.#tell('');
  }

  async give(type: string, full: GlossaryTerm, payload?: Record<string, unknown>): Promise<void> {
    const { key: target, ledgerVersion: expectedVersion, open, term } = full;
    const version = type === 'term.confirm' ? (full.versions[0]?.version ?? term.version) : open?.term.version;
    await this.#end(this.commands.give({ type, target, expectedVersion, payload: payload ?? { version } }));
  }

  /** Gives what failed once more. */
  again(): Promise<void> {
    return this.#end(this.commands.again());
  }

  /** What follows when a command has an outcome: it is told, and all is asked anew. A form stays until it is done. */
  async #end(given: ReturnType<Commands['give']>): Promise<void> {
    const outcome = await given;
    if (outcome === undefined) return;
    if (outcome.status === 'done') this.#onDone();
    if (outcome.status !== 'refused') await this.#host.reload();
  }
}

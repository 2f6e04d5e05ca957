import type { DataSource, Envelope, GlossaryQuestion, GlossaryTerm, TermDefinition } from '@sama/metrics/contracts';
import { nothing } from 'lit/html.js';
import { Commands, type Deed } from '../internal/commands.ts';
import type { Counts } from '../internal/counts.ts';
import type { Part } from '../internal/frame.ts';
import type { GlossaryWords } from '../locale/index.ts';
import { type DeskWords, deskWords } from './desk-words.ts';
import { failureBanner } from './failure.ts';
import { formTemplate, type Preview } from './forms.ts';
import { submit } from './submit.ts';

/** What it needs of the glossary. */
export interface DeedHost extends HTMLElement {
  readonly question: GlossaryQuestion;
  readonly words: GlossaryWords;
  requestUpdate(): void;
  reload(): Promise<void>;
  /** Says what was just done. */
  say(text: string): void;
}

/** What a reader does to a term: by a press, or by a form that asks for words first. */
export class Deeds {
  /** The command whose words are asked for, and the term it is about. */
  form: string | undefined;
  #about = '';
  /** What was filled in and is not sent yet, by term and command. */
  readonly #drafts = new Map<string, FormData>();
  /** A text that was looked at before it is proposed. */
  preview: Preview | undefined;
  /** Why the form led nowhere. */
  fault = '';
  readonly commands: Commands;

  readonly #host: DeedHost;
  readonly #source: () => DataSource | undefined;
  readonly #leave: () => void;

  /** @param leave leaves the open form */
  constructor(host: DeedHost, source: () => DataSource | undefined, leave: () => void) {
    this.#host = host;
    this.#source = source;
    this.#leave = leave;
    this.commands = new Commands(host, source);
  }

  get words(): DeskWords {
    return deskWords(this.#host.words);
  }

  /** The form that is open, if one is. */
  formOf(full: GlossaryTerm, names: ReadonlyMap<string, string>, f: Counts): Part {
    const { form, preview, fault, commands } = this;
    if (form === undefined || full.key !== this.#about) return nothing;
    const draft = `${full.key} ${form}`;
    return formTemplate({
      type: form,
      draft: this.#drafts.get(draft),
      term: full.open?.term ?? full.term,
      names,
      preview,
      fault,
      busy: commands.pending !== undefined,
      canDraft: full.can.includes('term.draft'),
      submit: (values, type) => void submit(this, full, values, type),
      changed: (values) => {
        this.#drafts.set(draft, values);
        this.forgetPreview();
      },
      cancel: this.#leave,
      f,
      t: this.words,
    });
  }

  /** Why the last command was not done, if it was not. */
  failureOf(asOf: string | undefined, f: Counts): Part {
    const { failure } = this.commands;
    if (failure === undefined) return nothing;
    const forget = (): void => this.commands.forget();
    return failureBanner({ failure, asOf, f, t: this.words, again: () => void this.again(), forget });
  }

  /** Opens the form of a command on a term, or leaves it; what is filled in is kept until it is sent. */
  open(form?: string, about = ''): void {
    this.form = form;
    this.#about = about;
    this.forgetPreview();
    this.tell('');
  }

  /** Asks what a text would mean. */
  async impactOf(key: string, text: TermDefinition): Promise<Envelope | undefined> {
    return this.#source()?.query({ ...this.#host.question, show: 'impact', key, text });
  }

  /** What was looked at is no longer what the form says. */
  forgetPreview(): void {
    this.preview = undefined;
    this.#host.requestUpdate();
  }

  /** Says in the form why it led nowhere. */
  tell(fault: string): void {
    this.fault = fault;
    this.#host.requestUpdate();
  }

  async give(type: string, full: GlossaryTerm, payload?: Record<string, unknown>): Promise<void> {
    const { key: target, ledgerVersion: expectedVersion, open, term } = full;
    const version = type === 'term.confirm' ? (full.versions[0]?.version ?? term.version) : open?.term.version;
    const deed = { type, target, expectedVersion, payload: payload ?? { version } };
    await this.#end(deed, this.commands.give(deed));
  }

  /** Gives what failed once more. */
  async again(): Promise<void> {
    const { failure } = this.commands;
    if (failure !== undefined) await this.#end(failure.command, this.commands.again());
  }

  /** What follows when a command has an outcome: it is told, and all is asked anew. A form stays until it is done. */
  async #end({ type, target }: Pick<Deed, 'type' | 'target'>, given: ReturnType<Commands['give']>): Promise<void> {
    const outcome = await given;
    if (outcome === undefined) return;
    if (outcome.status === 'done') {
      // Another form may be open by now, or one about another term.
      const { form } = this;
      const led = target === this.#about && (type === form || type === 'term.draft');
      if (led) this.#drafts.delete(`${target} ${form}`);
      this.#host.say(this.words.saved);
      if (led) this.#leave();
    }
    if (outcome.status !== 'refused') await this.#host.reload();
  }
}

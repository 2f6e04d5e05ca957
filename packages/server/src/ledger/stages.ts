import type { StageEvent } from '@sama/metrics/contracts';
import { isMarkEvent, isTermEvent, topicsOf, type DeskEvent } from '@sama/metrics/desk';
import { stageEventsOf, type HandoffEvent } from '@sama/metrics/handoff';

/** What the hand-offs of a ledger say to funnels, kept up to date event by event. Only events that are kept count. */
export class StageBook {
  readonly #logs = new Map<string, HandoffEvent[]>();
  /** By hand-off. */
  readonly #said = new Map<string, readonly StageEvent[]>();
  /** By person: hand-offs that ever said something. */
  readonly #handoffs = new Map<string, Set<string>>();
  /** Of whom each change was. */
  readonly #changes: string[] = [];
  #latest = Number.NEGATIVE_INFINITY;

  /** Changes so far: equal numbers of equal ledgers are equal states, in every process. */
  get version(): number {
    return this.#changes.length;
  }

  /** The instant of the last change, in milliseconds; -Infinity without one. */
  get latest(): number {
    return this.#latest;
  }

  add(event: DeskEvent): void {
    if (isTermEvent(event) || isMarkEvent(event)) return;
    const { target, at } = event;
    const log = this.#logs.get(target) ?? [];
    if (log.length === 0) this.#logs.set(target, log);
    log.push(event);
    if (!topicsOf(event).includes('data')) return;
    const before = this.#said.get(target) ?? [];
    const now = stageEventsOf(target, log);
    // Each event says one thing more, takes one back, or is none that a funnel sees.
    if (now.length === before.length) return;
    const person = (now.length > before.length ? now : before).at(-1)?.entityId;
    if (person === undefined) return;
    this.#said.set(target, now);
    const handoffs = this.#handoffs.get(person) ?? new Set();
    this.#handoffs.set(person, handoffs.add(target));
    this.#changes.push(person);
    this.#latest = Math.max(this.#latest, Date.parse(at));
  }

  /** Of whom something changed after a version. */
  since(version: number): ReadonlySet<string> {
    return new Set(this.#changes.slice(version));
  }

  /** What is said of a person. */
  of(person: string): StageEvent[] {
    return [...(this.#handoffs.get(person) ?? [])].flatMap((handoff) => this.#said.get(handoff) ?? []);
  }
}

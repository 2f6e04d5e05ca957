import { type KeyName, nameOf } from './keys.ts';

/** What keys do. */
export interface KeyHost {
  readonly keyNames: ReadonlyMap<KeyName, string>;
  /** Rows that are in sight at a time. */
  readonly pageSize: number;
  /** To a row, counted from where the reader is, or to the first or last. */
  move(by: number): void;
  open(): void;
  act(type: string): void;
  undo(): void;
  mark(): void;
  tool(name: 'filter' | 'help'): void;
  /** Out of whatever is open, back to the list; false when nothing was. */
  leave(): boolean;
  /** To the next view, or the one before. */
  view(by: number): void;
}

const isTyping = (target: Element): boolean => target.matches('input, select, textarea');

/** Where a key leads in the list; 0 when nowhere. */
function steps(key: string, page: number): number {
  const by: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -Infinity,
    End: Infinity,
  };
  return by[key] ?? 0;
}

/** Does what a key means where it was pressed. Single keys mean something only in the list. */
export function onKey(event: KeyboardEvent, host: KeyHost, rtl: boolean): void {
  const { key, target } = event;
  if (!(target instanceof Element) || event.isComposing) return;
  if (runKey(event, key, target, host, rtl)) event.preventDefault();
}

/** Whether the key meant something. */
function runKey(event: KeyboardEvent, key: string, target: Element, host: KeyHost, rtl: boolean): boolean {
  const chord = event.ctrlKey || event.metaKey;
  if (key === 'Escape') return !target.closest('.menu[open]') && host.leave();
  if (chord && key === 'Enter') {
    const form = target.closest('form');
    form?.requestSubmit();
    return form !== null;
  }
  if (chord && key.toLowerCase() === 'z' && !event.shiftKey && !isTyping(target)) {
    if (!event.repeat) host.undo();
    return true;
  }
  if (chord || event.altKey || isTyping(target)) return false;
  if (target.matches('[role=tab]')) {
    const [forward, backward] = rtl ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    const by = key === forward ? 1 : key === backward ? -1 : 0;
    if (by !== 0) host.view(by);
    return by !== 0;
  }
  return target.matches('[role=grid]') && inList(event, host);
}

function inList({ key, repeat }: KeyboardEvent, host: KeyHost): boolean {
  const by = steps(key, host.pageSize);
  if (by !== 0) host.move(by);
  else if (key === 'Enter') host.open();
  else return single(nameOf(key, host.keyNames), host, repeat);
  return true;
}

/** A key that is held moves on and on, but decides only once. */
function single(name: KeyName | undefined, host: KeyHost, held: boolean): boolean {
  if (name === undefined) return false;
  if (name === 'down' || name === 'up') host.move(name === 'down' ? 1 : -1);
  else if (held) return true;
  else if (name === 'undo') host.undo();
  else if (name === 'mark') host.mark();
  else if (name === 'filter' || name === 'help') host.tool(name);
  else host.act(name);
  return true;
}

/** One server-sent event. */
export interface ServerEvent {
  name: string;
  data: string;
}

/**
 * Reads server-sent events from a body as it comes in (HTML, 9.2.6; ids and `retry` are passed
 * over). `alive` is called for whatever comes, comments included. Ends with the body, or when
 * `signal` is aborted.
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  take: (event: ServerEvent) => void,
  alive: () => void = () => undefined,
  signal?: AbortSignal,
): Promise<void> {
  const reader = body.getReader();
  // Of a `fetch` that forgets its signal once the head is there. A body that has failed cannot be cancelled.
  signal?.addEventListener('abort', () => void reader.cancel().catch(() => undefined), { once: true });
  const decoder = new TextDecoder();
  let rest = '';
  let name = '';
  let data: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    alive();
    // A CR at the end may be half of a CRLF.
    const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, field, text = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
      if (field === 'event') name = text;
      if (field === 'data') data.push(text);
      if (line !== '') continue;
      if (data.length > 0) take({ name: name || 'message', data: data.join('\n') });
      name = '';
      data = [];
    }
  }
}

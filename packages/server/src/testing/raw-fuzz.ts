import { connect } from 'node:net';
import fc from 'fast-check';

/** Bytes for a socket, in pieces; a server has to make something of them or close. */
export interface RawRequest {
  pieces: readonly Uint8Array[];
  /** What they are, for the report. */
  kind: string;
}

const text = (value: string): Uint8Array => Buffer.from(value, 'latin1');
const JSON_BODY = '{"v":1,"questions":[{"kind":"funnel","funnel":"lead-to-won"}]}';

const paths = fc.constantFrom(
  '/v1/query',
  '/v1/commands',
  '/v1/meta',
  '/healthz',
  '/s/x',
  '/embed/funnel',
  '/',
  '/v1/live',
);
const line = (method: string, path: string, version = 'HTTP/1.1'): string => `${method} ${path} ${version}\r\n`;
const nasty = fc.string({ unit: 'binary', maxLength: 60 }).map((value) => Buffer.from(value).toString('latin1'));

/** Two lengths, or a length and chunks: of two servers in a row each may read another request. */
const smuggled = fc
  .tuple(
    fc.constantFrom(
      'Content-Length: 5\r\nContent-Length: 6',
      'Content-Length: 5, 6',
      'Content-Length: 5\r\nTransfer-Encoding: chunked',
      'Transfer-Encoding: chunked\r\nContent-Length: 0',
      'Transfer-Encoding: xchunked',
      'Transfer-Encoding: identity, chunked, identity',
      'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity',
      'Transfer-Encoding : chunked',
      'Transfer-Encoding:\u000bchunked',
      'Content-Length: +5',
      'Content-Length: -1',
      'Content-Length: 0x5',
      'Content-Length: 5 5',
      'Content-Length: 99999999999999999999',
      'X: y\r\n Content-Length: 5',
      'X: y\n\rContent-Length: 5',
    ),
    fc.constantFrom(
      '0\r\n\r\nGET /v1/meta HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'hello',
      '5\r\nhello\r\n0\r\n\r\n',
      '-1\r\nx',
      'FFFFFFFFFFFFFFFFF\r\nx',
      '5;a=b\r\nhello\r\n0\r\nEvil: 1\r\n\r\n',
      '',
    ),
    paths,
  )
  .map(([headers, body, path]) => ({
    kind: 'smuggled',
    pieces: [
      text(`${line('POST', path)}Host: localhost\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`),
    ],
  }));

const bytes = fc
  .array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 4 })
  .map((pieces) => ({ kind: 'bytes', pieces }));

/** A right beginning, cut off or changed at any place. */
const bent = fc
  .tuple(paths, fc.nat(200), fc.nat(255), fc.constantFrom('cut', 'change', 'insert'))
  .map(([path, at, byte, how]) => {
    const whole = Buffer.from(
      `${line('POST', path)}Host: localhost\r\nContent-Type: application/json\r\nContent-Length: ${JSON_BODY.length}\r\n\r\n${JSON_BODY}`,
    );
    const place = at % whole.length;
    if (how === 'cut') return { kind: 'bent', pieces: [whole.subarray(0, place)] };
    if (how === 'change') whole.writeUInt8(byte, place);
    return {
      kind: 'bent',
      pieces: how === 'insert' ? [whole.subarray(0, place), Buffer.from([byte]), whole.subarray(place)] : [whole],
    };
  });

const headers = fc
  .tuple(
    paths,
    fc.oneof(
      fc.integer({ min: 1, max: 40 }).map((kilobytes) => `X-Large: ${'a'.repeat(kilobytes * 1024)}\r\n`),
      fc.integer({ min: 1, max: 3000 }).map((count) => 'A: b\r\n'.repeat(count)),
      nasty.map((value) => `X: ${value}\r\n`),
      nasty.map((value) => `${value}: x\r\n`),
      fc.constantFrom(
        'Host: a\r\nHost: b\r\n',
        'Host: localhost:x\r\n',
        'Host: localhost/@evil\r\n',
        'Host:\r\n',
        'Expect: 100-continue\r\n',
        'Expect: evil\r\n',
        'Upgrade: websocket\r\nConnection: Upgrade\r\n',
        'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: x\r\n',
        'Authorization: Bearer \u0000\r\n',
        'Range: bytes=0-1,5-\r\n',
        'Origin: null\r\n',
        'X-Request-Id: a\tb\r\n',
        'Last-Event-ID: \u0001\r\n',
        'Cookie: a=b\r\n',
      ),
    ),
  )
  .map(([path, value]) => ({ kind: 'headers', pieces: [text(`${line('GET', path)}Host: localhost\r\n${value}\r\n`)] }));

const lines = fc
  .tuple(
    fc.oneof(fc.constantFrom('GET', 'get', 'G E T', 'CONNECT', 'TRACE', 'PRI', '', 'A'.repeat(100)), nasty),
    fc.oneof(
      paths,
      fc.constantFrom(
        '*',
        'http://evil.example/',
        '//evil.example',
        '/%',
        '/%zz',
        '/..%2f..%2fetc/passwd',
        `/${'a'.repeat(20_000)}`,
        '/v1/query?q=\u00ff',
        '/\u0000',
      ),
      nasty,
    ),
    fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/9.9', 'http/1.1', '', 'XTTP/1.1'),
  )
  .map(([method, path, version]) => ({
    kind: 'lines',
    pieces: [text(`${line(method, path, version)}Host: localhost\r\n\r\n`)],
  }));

const many = fc.integer({ min: 2, max: 40 }).map((count) => ({
  kind: 'pipelined',
  pieces: [text(`${line('GET', '/healthz')}Host: localhost\r\n\r\n`.repeat(count)), text('GARBAGE\r\n\r\n')],
}));

const large = fc
  .tuple(
    fc.constantFrom('/v1/query', '/v1/commands', '/v1/tokens', '/v1/snapshots'),
    fc.integer({ min: 200, max: 2_000 }),
    fc.boolean(),
  )
  .map(([path, kilobytes, isChunked]) => {
    const piece = Buffer.alloc(64 * 1024, '[');
    const count = Math.ceil(kilobytes / 64);
    const head = `${line('POST', path)}Host: localhost\r\nContent-Type: application/json\r\n`;
    if (!isChunked)
      return {
        kind: 'large',
        pieces: [
          text(`${head}Content-Length: ${count * piece.length}\r\n\r\n`),
          ...Array.from({ length: count }, () => piece),
        ],
      };
    const chunk = Buffer.concat([text('10000\r\n'), piece, text('\r\n')]);
    return {
      kind: 'large',
      pieces: [
        text(`${head}Transfer-Encoding: chunked\r\n\r\n`),
        ...Array.from({ length: count }, () => chunk),
        text('0\r\n\r\n'),
      ],
    };
  });

/** What nobody sends who means well. */
export const rawRequests: fc.Arbitrary<RawRequest> = fc.oneof(
  { weight: 6, arbitrary: smuggled },
  { weight: 4, arbitrary: bytes },
  { weight: 6, arbitrary: bent },
  { weight: 4, arbitrary: headers },
  { weight: 4, arbitrary: lines },
  { weight: 1, arbitrary: many },
  { weight: 1, arbitrary: large },
);

/** How a server took raw bytes: the statuses it answered with, in order; none when it closed without a word. */
export function sendRaw(port: number, { pieces }: RawRequest, patienceMs: number): Promise<number[]> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(port, '127.0.0.1');
    const done = (): void => {
      clearTimeout(patience);
      socket.destroy();
      resolve([...said.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status)));
    };
    // Whoever is answered and kept waiting for another request has been answered; of the unfinished it is the end.
    const patience = setTimeout(done, patienceMs);
    socket.on('data', (chunk: Buffer) => {
      if (said.length < 100_000) said += chunk.toString('latin1');
    });
    socket.on('close', done);
    socket.on('error', done);
    socket.on('connect', () => {
      for (const piece of pieces) socket.write(piece);
      socket.end();
    });
  });
}

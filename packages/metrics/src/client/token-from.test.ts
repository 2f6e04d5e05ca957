import { afterEach, expect, test, vi } from 'vitest';
import { answer, counted, question, src } from './testing/funnel-server.ts';
import { json, localServer } from './testing/local-server.ts';
import { createClient, tokenFrom } from './index.ts';

afterEach(() => void vi.unstubAllGlobals());

test('an endpoint of the page is asked once for all who name it, by POST and with its own cookies only', async () => {
  const asked = vi.fn<typeof fetch>(async () => json({ token: 'abc.def' }));
  vi.stubGlobal('fetch', asked);
  const { asked: sent, fetch } = localServer(json(answer()));
  const sources = ['a', 'b'].map((host) =>
    createClient({ src: `https://${host}.example.com`, fetch, fetchToken: tokenFrom('/sama-token') }),
  );
  expect((await Promise.all(sources.map((source) => source.query(question)))).map(counted)).toEqual([20, 20]);
  expect(asked.mock.calls).toEqual([
    ['/sama-token', { method: 'POST', credentials: 'same-origin', cache: 'no-store' }],
  ]);
  expect(sent.map(({ init }) => new Headers(init.headers).get('authorization'))).toEqual(
    Array(2).fill('Bearer abc.def'),
  );
  expect(tokenFrom('/other')).not.toBe(tokenFrom('/sama-token'));
});

test('a token may come as text', async () => {
  vi.stubGlobal('fetch', async () => new Response(' abc.def\n'));
  expect(await tokenFrom('/token-text')()).toBe('abc.def');
});

test.each([
  ['an error page', new Response('<html>sign in</html>'), 'answered no token'],
  ['JSON without a token', json({ access: 'abc' }), 'answered no token'],
  ['nothing', new Response(''), 'answered no token'],
  ['a refusal', json({}, 403), 'answered 403'],
])('an endpoint that answers %s', async (name, response, expected) => {
  vi.stubGlobal('fetch', async () => response);
  const { asked, fetch } = localServer(json(answer()));
  const endpoint = `/token-${name}`;
  const envelope = await createClient({ src, fetch, fetchToken: tokenFrom(endpoint) }).query(question);
  expect(envelope).toMatchObject({
    status: 'denied',
    code: 'unauthenticated',
    message: `fetchToken failed: ${endpoint} ${expected}`,
  });
  expect(asked).toHaveLength(0);
});

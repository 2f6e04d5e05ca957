import { Refusal } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { testApp } from '../testing/app.ts';
import { bearer, testSignIn } from '../testing/sign-in.ts';

test('who asks too often is told when to come again, whatever their token, and nobody else notices', async () => {
  const gate = await testSignIn();
  const { app } = testApp({ signIn: gate.signIn, requestsPerMinute: 5 });
  const tokenOf = async (sub: string) => bearer(await gate.sign(gate.right({ sub })));
  const ask = async (headers: Record<string, string>) => app.request('/v1/meta', { headers });
  const [dana, again, rae] = await Promise.all([tokenOf('dana'), tokenOf('dana'), tokenOf('rae')]);
  const statuses = [];
  for (const headers of [dana, dana, dana, again, again, again, dana]) statuses.push((await ask(headers)).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  const refused = await ask(dana);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  expect(Refusal.parse(await refused.json())).toMatchObject({ code: 'rate-limited' });
  expect((await ask(rae)).status).toBe(200);
  // Nobody is limited by what others show who are not let in.
  expect((await ask(bearer('x.y.z'))).status).toBe(401);
});

test('without sign-in there is one reader, who is not limited', async () => {
  const { app } = testApp({ requestsPerMinute: 1 });
  for (let i = 0; i < 3; i += 1) expect((await app.request('/v1/meta')).status).toBe(200);
});

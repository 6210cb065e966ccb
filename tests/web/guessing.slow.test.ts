/** Attempts to lock the operator out by guessing: the right password from a new address is looked at before what others guess. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../../src/text/passwordhash.ts';
import { keys } from '../../src/store/redis/keys.ts';
import { createGuessQueue } from '../../src/web/auth/guessqueue.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { basic, form, send } from './raw.ts';
import { makeConfig, type RunningWeb, startWeb } from './seed.ts';

const PASSWORD = 'p:ä long enough';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

/** A server that has seen no login yet: nothing tells it beforehand which password is right. */
async function withFreshWeb(admin: string, run: (web: RunningWeb) => Promise<void>): Promise<void> {
  const web = await startWeb(redis, { config: makeConfig({}, { admin: { user: 'ops', password: admin } }) });
  try {
    await run(web);
  } finally {
    await web.close();
  }
}

const guess = (web: RunningWeb, from: string, password = 'wrong') =>
  send(web.url, { path: '/api/status', headers: { ...basic(`ops:${password}`), 'x-forwarded-for': from } });

const attackers: readonly (readonly [name: string, addressOf: (n: number) => string, hashed: boolean])[] = [
  ['forty IPv4 addresses', (n) => `198.18.0.${n % 40}`, false],
  ['forty IPv4 addresses, the password kept as a hash', (n) => `198.18.1.${n % 40}`, true],
  ['a /64 in each of forty sites', (n) => `2001:db8:${n % 40}::${n}`, false],
  ['four hundred /64 of one site', (n) => `2001:db8:99:${n.toString(16)}::1`, false],
  ['four hundred /64 of one site, the password kept as a hash', (n) => `2001:db8:98:${n.toString(16)}::1`, true],
];

describe('four hundred guesses at once', () => {
  test.each(attackers)(
    'by %s do not keep out the right password from a new address',
    async (_name, addressOf, hashed) => {
      await withFreshWeb(hashed ? await hashPassword(PASSWORD) : PASSWORD, async (web) => {
        // An hour's guessing has shown whose networks these are.
        for (let n = 0; n < 40; n++) await guess(web, addressOf(n), hashed ? 'x'.repeat(1_001) : 'wrong');
        const statuses: number[] = [];
        const flood = Array.from({ length: 400 }, (_, n) =>
          guess(web, addressOf(n)).then(
            ({ status }) => statuses.push(status),
            () => undefined,
          ),
        );
        // So many wait as may wait, and the others were refused.
        await until(async () => statuses.filter((status) => status === 429).length > 50, 'the crowd');
        expect((await guess(web, '203.0.113.99', PASSWORD)).status).toBe(200);
        expect(statuses.length).toBeLessThan(400);
        const { body, headers } = form({ user: 'ops', password: PASSWORD });
        const sent = { ...headers, 'x-forwarded-for': '2001:db8:aaaa::1' };
        const login = await send(web.url, { method: 'POST', path: '/login', body, headers: sent });
        expect([login.status, login.headers.location]).toEqual([303, '/status']);
        expect(statuses.length).toBeLessThan(400);
        void Promise.all(flood);
      });
    },
  );
});

test('a hundred and fifty guesses from ever new addresses are delayed, but not the operator at an address that is known', async () => {
  await withFreshWeb(PASSWORD, async (web) => {
    const login = (from: string, password: string) => {
      const { body, headers } = form({ user: 'ops', password });
      return send(web.url, { method: 'POST', path: '/login', body, headers: { ...headers, 'x-forwarded-for': from } });
    };
    expect((await guess(web, '192.0.2.1', PASSWORD)).status).toBe(200);
    for (let n = 0; n < 100; n++) await guess(web, `198.18.0.${n}`);
    const late = Promise.all(Array.from({ length: 150 }, (_, n) => guess(web, `198.18.1.${n}`)));
    expect((await guess(web, '192.0.2.1')).status).toBe(401);
    await web.store.redis.del(keys.guesses(web.store, '*'));
    expect(new Set((await late).map(({ status }) => status))).toEqual(new Set([401, 429]));
    expect((await guess(web, '192.0.2.1', PASSWORD)).status).toBe(200);
    expect((await login('192.0.2.1', PASSWORD)).headers.location).toBe('/status');
  });
});

describe('the queue of those who guess', () => {
  const limits = { most: 3, patienceMs: 60_000 };

  test('goes by rank, and lets the newest first among equals', async () => {
    const queue = createGuessQueue(limits);
    const order: string[] = [];
    let open: () => void = () => undefined;
    const first = queue.lookInTurn(9, 0, () => new Promise<void>((done) => (open = done)));
    const wait = [
      ['a', 2],
      ['b', 1],
      ['c', 1],
    ] as const;
    const looks = wait.map(([name, rank]) => queue.lookInTurn(rank, 0, async () => order.push(name)));
    open();
    await Promise.all([first, ...looks]);
    expect(order).toEqual(['c', 'b', 'a']);
  });

  test('refuses the highest rank where it is full, the newcomer included', async () => {
    const queue = createGuessQueue(limits);
    let open: () => void = () => undefined;
    void queue.lookInTurn(0, 0, () => new Promise<void>((done) => (open = done)));
    const looks = [5, 3, 3, 9, 1].map((rank) => queue.lookInTurn(rank, 0, async () => rank));
    expect(await looks[3]).toBeNull();
    expect(await looks[0]).toBeNull();
    open();
    expect(await Promise.all(looks)).toEqual([null, 3, 3, null, 1]);
  });

  test('lets nobody wait beyond patience, and goes on after a look that failed', async () => {
    const queue = createGuessQueue({ most: 3, patienceMs: 1 });
    let fail: (error: Error) => void = () => undefined;
    const failing = queue.lookInTurn(0, 0, () => new Promise<void>((_, no) => (fail = no)));
    expect(await queue.lookInTurn(0, 0, async () => 1)).toBeNull();
    fail(new Error('no'));
    await expect(failing).rejects.toThrow('no');
    expect(await createGuessQueue(limits).lookInTurn(0, 0, async () => 2)).toBe(2);
  });
});

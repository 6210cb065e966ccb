import type { Socket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NameResolver, createNameResolver } from '../../src/fetch/nameresolver.ts';
import { startNameServer, type Zone } from './nameserver.ts';

// What the name server knows; of a name without an entry it says that there is none.
const records: Readonly<Record<string, Readonly<Record<'A' | 'AAAA', ReturnType<Zone>>>>> = {
  'both.example': { A: ['192.0.2.1'], AAAA: ['2001:db8::1'] },
  'four.example': { A: ['192.0.2.4'], AAAA: [] },
  'six.example': { A: [], AAAA: ['2001:db8::6'] },
  'half.example': { A: ['192.0.2.5'], AAAA: 'silence' },
  'dead.example': { A: 'silence', AAAA: 'silence' },
};

let server: Socket;
let names: NameResolver;

beforeAll(async () => {
  server = await startNameServer((name, type) => records[name]?.[type] ?? null);
  names = createNameResolver([`127.0.0.1:${server.address().port}`]);
});
afterAll(() => {
  names.cancel();
  server.close();
});

function resolve(hostname: string): Promise<readonly string[] | string> {
  return new Promise((done) => {
    names.lookup(hostname, { all: true }, (error, addresses) => {
      done(error === null ? addresses.map(({ address, family }) => `${family} ${address}`) : (error.code ?? ''));
    });
  });
}

describe('createNameResolver', () => {
  const cases: readonly (readonly [string, string, readonly string[] | string])[] = [
    ['both families, IPv4 first', 'both.example', ['4 192.0.2.1', '6 2001:db8::1']],
    ['only IPv4', 'four.example', ['4 192.0.2.4']],
    ['only IPv6', 'six.example', ['6 2001:db8::6']],
    ['IPv4 while the answer for IPv6 never comes', 'half.example', ['4 192.0.2.5']],
    ['capitals', 'FOUR.Example', ['4 192.0.2.4']],
  ];
  test.each(cases)('%s', async (_name, hostname, expected) => {
    expect(await resolve(hostname)).toStrictEqual(expected);
  });

  test('a name without a dot is the system’s', async () => {
    expect(await resolve('localhost')).toContain('4 127.0.0.1');
  });

  test('dead names do not delay another', async () => {
    const dead = Array.from({ length: 40 }, () => resolve('dead.example'));
    const first = await Promise.race([Promise.race(dead), resolve('four.example')]);
    expect(first).toStrictEqual(['4 192.0.2.4']);
    names.cancel();
    expect(new Set(await Promise.all(dead))).toStrictEqual(new Set(['ECANCELLED']));
  });
});

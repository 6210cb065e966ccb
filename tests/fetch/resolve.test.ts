import { type Socket, createSocket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NameResolver, createNameResolver } from '../../src/fetch/resolve.ts';

const A = 1;
const AAAA = 28;
const NO_SUCH_NAME = 3;

// What the name server knows; a name of the list `silent` gets no answer for that type.
const records: Readonly<Record<string, Readonly<Record<number, readonly number[]>>>> = {
  'both.example': { [A]: [192, 0, 2, 1], [AAAA]: [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] },
  'four.example': { [A]: [192, 0, 2, 4] },
  'six.example': { [AAAA]: [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6] },
  'half.example': { [A]: [192, 0, 2, 5] },
};
const silent: ReadonlySet<string> = new Set([`half.example ${AAAA}`, `dead.example ${A}`, `dead.example ${AAAA}`]);

/** A DNS message (RFC 1035 §4) that answers the one question of `request`; null for silence. */
function answer(request: Buffer): Buffer | null {
  const labels: string[] = [];
  let at = 12;
  for (let length = request[at] ?? 0; length > 0; length = request[at] ?? 0) {
    labels.push(request.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const type = request.readUInt16BE(at + 1);
  const name = labels.join('.').toLowerCase();
  if (silent.has(`${name} ${type}`)) return null;
  const data = records[name]?.[type];
  const header = Buffer.from(request.subarray(0, 12));
  header.writeUInt16BE(0x8180 | (records[name] === undefined ? NO_SUCH_NAME : 0), 2);
  header.writeUInt16BE(data === undefined ? 0 : 1, 6);
  header.writeUInt32BE(0, 8);
  const question = request.subarray(12, at + 5);
  if (data === undefined) return Buffer.concat([header, question]);
  const record = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length, ...data]);
  return Buffer.concat([header, question, record]);
}

let server: Socket;
let names: NameResolver;

beforeAll(async () => {
  server = createSocket('udp4', (message, from) => {
    const reply = answer(message);
    if (reply !== null) server.send(reply, from.port, from.address);
  });
  await new Promise<void>((resolve) => {
    server.bind(0, '127.0.0.1', resolve);
  });
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

import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Rig, brief, closeFetchers, fetcherWith, listen, messageOf, reply } from './rig.ts';

const ROUNDS = 400;
const FEED = `<rss><channel>${'<item><title>池州</title></item>'.repeat(50)}</channel></rss>`;

const whole: readonly Buffer[] = [
  reply(200, { 'Content-Type': 'text/xml' }, FEED),
  reply(200, { 'Content-Encoding': 'gzip' }, gzipSync(FEED)),
  reply(200, { 'Content-Encoding': 'br' }, brotliCompressSync(FEED)),
  reply(200, { 'Content-Encoding': 'deflate' }, deflateSync(FEED)),
  reply(302, { Location: '/x' }, 'moved'),
  reply(304, { ETag: '"1"' }),
  reply(503, { 'Retry-After': '10' }, 'no'),
  Buffer.from(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${'5\r\nabcde\r\n'.repeat(9)}0\r\n\r\n`),
];

/** A linear congruential generator (Numerical Recipes), so that a failing round can be repeated. */
function chance(seed: number): (below: number) => number {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The response of round `seed`: up to four bytes changed, perhaps cut short. */
function damaged(seed: number): Buffer {
  const below = chance(seed);
  const bytes = Buffer.from(whole[below(whole.length)] ?? '');
  for (let changes = below(5); changes > 0; changes--) bytes[below(bytes.length)] = below(256);
  return below(3) === 0 ? bytes.subarray(0, below(bytes.length)) : bytes;
}

let rig: Rig;

beforeAll(async () => {
  rig = await listen((socket, { path }) => {
    const seed = Number(/\d+/.exec(path)?.[0] ?? 0);
    const bytes = damaged(seed);
    const half = chance(seed + ROUNDS)(bytes.length + 1);
    socket.write(bytes.subarray(0, half));
    setImmediate(() => socket.destroyed || socket.end(bytes.subarray(half)));
  });
});
afterAll(async () => {
  await closeFetchers();
  await rig.close();
});

test('whatever damage a response has, it is a result with one sentence', async () => {
  const fetcher = fetcherWith({ concurrency: 16 });
  const rounds = Array.from({ length: ROUNDS }, (_, seed) => fetcher.fetchDocument({ url: `${rig.origin}/${seed}` }));
  const results = await Promise.all(rounds);
  for (const result of results) {
    expect(brief(result)).toMatch(/^(?:\d+ modified|410 gone|failed (?:headers|body|status|redirect|limit|timeout))/);
    expect(messageOf(result)).not.toMatch(/[\r\n]|undefined|\[object/);
  }
  const outcomes = new Set(results.map((result) => (result.outcome === 'failed' ? result.stage : result.outcome)));
  expect([...outcomes]).toEqual(expect.arrayContaining(['modified', 'headers', 'body', 'status']));
});

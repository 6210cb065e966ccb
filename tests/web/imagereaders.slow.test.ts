/** Attempts to fill the memory by pictures that are asked for and not read: what is held is counted in bytes. */
import { createServer } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createImageFetcher } from '../../src/daemon/imagefetcher.ts';
import { readSecret } from '../../src/store/auth/secret.ts';
import { PICTURE_LIMITS, throughProxy } from '../../src/web/feeds/imageproxy.ts';
import { createPictureRoom } from '../../src/web/feeds/pictureroom.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { makeConfig, type RunningWeb, startWeb } from './seed.ts';

const MB = 1024 * 1024;
const PICTURE = Buffer.alloc(8 * MB, 7);

let redis: TestRedis;
let web: RunningWeb;
let fetcher: ReturnType<typeof createImageFetcher>;
let asked = 0;
let signed: (name: string) => string;
const sockets: net.Socket[] = [];
const pictures = createServer((request, response) => {
  asked++;
  const small = request.url?.startsWith('/small') === true;
  response.setHeader('content-type', 'image/png').end(small ? PICTURE.subarray(0, 1_000) : PICTURE);
});

beforeAll(async () => {
  redis = await startRedis();
  await new Promise<void>((done) => pictures.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  const plain = makeConfig({}, { imageProxy: true });
  const config = {
    ...plain,
    settings: { ...plain.settings, fetch: { ...plain.settings.fetch, allowAddresses: ['127.0.0.1/32'] } },
  };
  fetcher = createImageFetcher(() => config);
  const secret = await readSecret(redis.store());
  web = await startWeb(redis, { config, images: { secret, fetchImage: fetcher.fetchImage } });
  signed = (name) => {
    const entry = { content: '', image: `http://${host}/${name}`, link: null };
    return throughProxy(entry, 'hfrb', config, '', secret).image ?? '';
  };
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await until(async () => (await figures()).readers === 0, 'the readers to be gone');
});
afterAll(async () => {
  await web.close();
  await fetcher.close();
  pictures.closeAllConnections();
  await new Promise((done) => pictures.close(done));
  await redis.stop();
});

async function figures(): Promise<{ readonly bytes: number; readonly readers: number }> {
  const text = await (await web.get('/metrics')).text();
  const value = (name: string) => Number(new RegExp(`^deltawire_picture_${name} (\\d+)$`, 'm').exec(text)?.[1]);
  return { bytes: value('bytes'), readers: value('readers') };
}

interface Idle {
  readonly socket: net.Socket;
  /** Head of the answer. */
  readonly head: Promise<string>;
}

/** Asks, reads the head of the answer, and nothing more. */
function askAndIdle(name: string): Idle {
  const socket = net.connect(Number(new URL(web.url).port), '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  const head = new Promise<string>((done) => {
    socket.once('data', (chunk: Buffer) => {
      socket.pause();
      done(chunk.toString('latin1').split('\r\n\r\n')[0] ?? '');
    });
    socket.once('close', () => done(''));
  });
  socket.write(`GET ${signed(name)} HTTP/1.1\r\nHost: x\r\n\r\n`);
  return { socket, head };
}

test('three hundred readers of one picture, who do not read, hold it once', async () => {
  asked = 0;
  const first = askAndIdle('one.png');
  expect(await first.head).toMatch(/^HTTP\/1\.1 200 /);
  const more = Array.from({ length: 299 }, () => askAndIdle('one.png'));
  for (const { head } of more) expect(await head).toMatch(/^HTTP\/1\.1 200 /);
  // On a slow machine the first are cut off before the last have come.
  const { bytes, readers } = await figures();
  expect(bytes).toBe(PICTURE.length);
  expect(readers).toBeGreaterThan(100);
  expect(asked).toBe(1);
});

test('readers of many pictures hold as many as may be held; who comes beyond is told when to come again', async () => {
  const idle = Array.from({ length: 40 }, (_, n) => askAndIdle(`many${n}.png`));
  const heads = await Promise.all(idle.map(({ head }) => head));
  const [served, refused] = ['200', '503'].map((status) => heads.filter((head) => head.split(' ')[1] === status));
  expect(served?.length).toBe(PICTURE_LIMITS.mostBytes / PICTURE.length);
  expect(refused?.length).toBe(40 - PICTURE_LIMITS.mostBytes / PICTURE.length);
  for (const head of refused ?? []) expect(head).toMatch(/^retry-after: \d+$/im);
  expect((await figures()).bytes).toBeLessThanOrEqual(PICTURE_LIMITS.mostBytes);
});

test('a reader that stops reading is cut off, and its picture is let go; one that reads has all of it', async () => {
  const { head, socket } = askAndIdle('stalled.png');
  expect(await head).toMatch(/^HTTP\/1\.1 200 /);
  const whole = Buffer.from(await (await web.get(signed('stalled.png'))).arrayBuffer());
  expect(whole.equals(PICTURE)).toBe(true);
  expect(await figures()).toEqual({ bytes: PICTURE.length, readers: 1 });
  await until(async () => (await figures()).bytes === 0, 'the picture to be let go', 60_000);
  let got = 0;
  socket.on('data', (chunk: Buffer) => (got += chunk.length));
  const closed = new Promise((done) => socket.once('close', done));
  socket.resume();
  await closed;
  expect(got).toBeLessThan(PICTURE.length);
});

describe('a picture', () => {
  test.each([
    ['GET', 1_000],
    ['HEAD', 0],
  ])('asked for by %s leaves nothing behind', async (method, length) => {
    const answer = await web.get(signed('small.png'), {}, { method });
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '1000']);
    expect((await answer.arrayBuffer()).byteLength).toBe(length);
    await until(async () => (await figures()).bytes === 0, 'the picture to be let go');
  });

  test('whose readers are gone before it comes is not held', async () => {
    const { socket } = askAndIdle('gone.png');
    await until(() => asked > 0, 'the fetch');
    socket.destroy();
    await until(async () => (await figures()).bytes === 0, 'the picture to be let go');
    expect((await figures()).readers).toBe(0);
  });
});

test('where room is needed, whoever has been at a picture for too long makes it', async () => {
  const room = createPictureRoom({ mostBytes: 100, mostFetches: 2, stallMs: 60_000, patienceMs: 0 });
  const fetchOf = (length: number) => async () =>
    ({ ok: true, body: new Uint8Array(length), type: 'image/png' }) as const;
  const first = await room.borrow('a', fetchOf(60));
  if (first.kind !== 'lent') throw new Error('there is room');
  // Borrowed and not yet sent: not slow.
  expect(await room.borrow('b', fetchOf(60))).toEqual({ kind: 'full' });
  const server = createServer((_request, response) => void first.streamTo(response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await until(() => room.readers() === 1, 'the reader');
  const cut = new Promise((done) => socket.once('close', done));
  const second = await room.borrow('b', fetchOf(60));
  expect([second.kind, room.bytes(), room.readers()]).toEqual(['lent', 60, 0]);
  await cut;
  expect(await room.borrow('c', fetchOf(101))).toEqual({ kind: 'full' });
  expect(await room.borrow('d', async () => ({ ok: false, message: 'no' }))).toEqual({ kind: 'failed', message: 'no' });
  await expect(room.borrow('e', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  if (second.kind === 'lent') second.giveBack();
  expect(room.bytes()).toBe(0);
  server.close();
});

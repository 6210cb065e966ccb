import { say } from '../../src/reasons/render.ts';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Sender, type SenderOptions, createSender } from '../../src/fetch/sender.ts';

interface Received {
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const received: Received[] = [];
const closers: (() => unknown)[] = [];

async function hook(status: number): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      received.push({ method: request.method, headers: request.headers, body });
      if (status !== 0) response.writeHead(status, { Location: '/elsewhere' }).end('thanks');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://wang:pw@127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

function senderWith(options: Partial<SenderOptions> = {}): Sender {
  const sender = createSender({ timeoutMs: 3000, allowAddresses: ['127.0.0.1'], ...options });
  closers.push(() => sender.close());
  return sender;
}

const message = { contentType: 'application/json', body: '{"source":"合肥"}' };

afterEach(async () => {
  received.length = 0;
  await Promise.all(closers.splice(0).map((close) => close()));
});

describe('sendMessage', () => {
  test('posts the message once', async () => {
    const result = await senderWith().sendMessage({ ...message, url: await hook(204) });
    expect(result).toStrictEqual({ outcome: 'accepted', status: 204, body: expect.any(Uint8Array) as unknown });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ method: 'POST', body: message.body });
    expect(received[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringContaining('deltawire/'),
      authorization: `Basic ${Buffer.from('wang:pw').toString('base64')}`,
    });
  });

  const statuses: readonly (readonly [number, RegExp])[] = [
    [500, /^127\.0\.0\.1:\d+ answered 500 Internal Server Error$/],
    [302, /answered 302 Found$/],
  ];
  test.each(statuses)('%i is a failure, and nothing is sent elsewhere', async (status, text) => {
    const result = await senderWith().sendMessage({ ...message, url: await hook(status) });
    expect(result).toMatchObject({ outcome: 'failed', stage: 'status' });
    expect('reason' in result ? say(result.reason, 'en') : '').toMatch(text);
    expect(received).toHaveLength(1);
  });

  test('to a refused address sends nothing', async () => {
    const sender = senderWith({ allowAddresses: [] });
    const result = await sender.sendMessage({ ...message, url: await hook(204) });
    expect(result).toMatchObject({ outcome: 'failed', stage: 'address' });
    const named = (await hook(204)).replace('127.0.0.1', 'localhost');
    expect(await sender.sendMessage({ ...message, url: named })).toMatchObject({ stage: 'address' });
    expect(received).toHaveLength(0);
  });

  test('to a server that does not answer ends in time', async () => {
    const result = await senderWith({ timeoutMs: 100 }).sendMessage({ ...message, url: await hook(0) });
    expect(result).toMatchObject({ stage: 'timeout' });
    expect('reason' in result ? say(result.reason, 'en') : '').toMatch(/longer than 100 ms$/);
  });

  test('closing ends what is under way', async () => {
    const sender = senderWith();
    const url = await hook(0);
    const result = sender.sendMessage({ ...message, url });
    await sender.close();
    expect(await result).toMatchObject({ outcome: 'failed' });
  });
});

describe('ask', () => {
  test('gives the answer of a GET back, if it is short enough', async () => {
    const url = await hook(200);
    const result = await senderWith().ask(`${url}?a=1`, 6);
    expect(result).toMatchObject({ outcome: 'answered', status: 200 });
    expect('body' in result ? Buffer.from(result.body).toString() : null).toBe('thanks');
    expect(received[0]).toMatchObject({ method: 'GET', body: '' });
    expect(await senderWith().ask(url, 5)).toMatchObject({ outcome: 'failed', stage: 'limit', status: null });
  });

  test('says which status was no answer', async () => {
    expect(await senderWith().ask(await hook(404), 6)).toMatchObject({ stage: 'status', status: 404 });
  });
});

test('further headers go with a message', async () => {
  const headers = { 'x-hub-signature': 'sha256=00', 'content-type': 'text/plain' };
  await senderWith().sendMessage({ ...message, headers, url: await hook(204) });
  expect(received[0]?.headers).toMatchObject({ 'x-hub-signature': 'sha256=00', 'content-type': message.contentType });
});

test.each([
  [undefined, 307, 1],
  [2, 307, 3],
  [2, 308, 3],
  [2, 302, 1],
])('%j redirects are followed as allowed, after %d: %d requests', async (maxRedirects, status, count) => {
  const url = await hook(status);
  const result = await senderWith().sendMessage({ ...message, maxRedirects, url });
  expect(result).toMatchObject({ outcome: 'failed', status });
  expect(received).toHaveLength(count);
  expect(new Set(received.map(({ method, body }) => `${method} ${body}`))).toStrictEqual(
    new Set([`POST ${message.body}`]),
  );
});

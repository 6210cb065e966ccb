/** Serves what a hostile source sends, in a process of its own, so that making it holds up nobody who measures. */
import { fork } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { DOCUMENTS, item, rss } from '../tests/support/heavydocuments.ts';

const SELF = fileURLToPath(import.meta.url);

/** `calm`: an empty feed. `flood`: 5,000 new items. `hanging`: 600 new items whose texts never come. `heavy`: documents of ten megabytes. */
export type Mode = 'calm' | 'flood' | 'hanging' | 'heavy';

export interface HostileServer {
  /** Its feeds: /bad, /hanging, /heavy0 and so on, one for each heavy document. */
  readonly base: string;
  set(mode: Mode): Promise<void>;
  close(): void;
}

export const HEAVY = Object.keys(DOCUMENTS).map((note, i) => ({ id: `heavy${i}`, note }));

export async function serveHostile(): Promise<HostileServer> {
  const child = fork(SELF);
  const answer = async <T>() => new Promise<T>((done) => child.once('message', (message) => done(message as T)));
  const base = await answer<string>();
  return {
    base,
    async set(mode) {
      child.send(mode);
      await answer();
    },
    close: () => child.kill(),
  };
}

async function serve(): Promise<void> {
  const texts = Object.values(DOCUMENTS).map((make) => Buffer.from(make()));
  // Takes requests and answers none.
  const trap = await listen('127.0.0.5', () => undefined);
  let told = 0;
  const many = (name: string, count: number, linkOf: (n: number) => string | undefined) => {
    const items = Array.from({ length: count }, () => {
      const n = told++;
      const title = `合肥丙站第${n}条消息发布`;
      return item(name, `${n}`, title, `丙站第${n}条消息的内容，${'详情请看本站。'.repeat(10)}`, linkOf(n));
    });
    return rss(name, items);
  };
  const answers: Readonly<Record<Mode, (path: string) => string | Buffer>> = {
    calm: () => rss('bad', []),
    flood: () => many('bad', 5_000, () => undefined),
    hanging: () => many('hanging', 600, (n) => `${trap}/${n}`),
    heavy: (path) => texts[Number(path.slice('/heavy'.length))] ?? '',
  };
  let mode: Mode = 'calm';
  process.on('message', (next: Mode) => {
    mode = next;
    process.send?.('done');
  });
  process.on('disconnect', () => process.exit());
  process.send?.(await listen('127.0.0.4', ({ url }, response) => response.end(answers[mode](url ?? ''))));
}

/** On an address of its own, which is a host of its own; keeps no process running. */
export async function listen(host: string, answer: RequestListener): Promise<string> {
  const server = createServer(answer).unref();
  await new Promise<void>((done) => server.listen(0, host, done));
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

if (process.argv[1] === SELF) await serve();

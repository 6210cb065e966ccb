/** Serves what a hostile source sends, in a process of its own, so that making it holds up nobody who measures. */
import { fileURLToPath } from 'node:url';
import { DOCUMENTS, item, rss } from '../tests/support/heavydocuments.ts';
import { type ForkedServer, forkServer, listen, serveOrders } from './forkedserver.ts';

const SELF = fileURLToPath(import.meta.url);

/**
 * `calm`: an empty feed. `flood`: 5,000 new items. `hanging`: 600 new items whose texts never come. `heavy`: documents of ten
 * megabytes.
 */
export type Mode = 'calm' | 'flood' | 'hanging' | 'heavy';

export const HEAVY = Object.keys(DOCUMENTS).map((note, i) => ({ id: `heavy${i}`, note }));

/** `start`: the base of its feeds, which are /bad, /hanging, /heavy0 and so on, one for each heavy document. Takes a mode. */
export const serveHostile = (): Promise<ForkedServer<string, Mode>> => forkServer(SELF);

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
  const base = await listen('127.0.0.4', ({ url }, response) => response.end(answers[mode](url ?? '')));
  serveOrders(base, (next: Mode) => {
    mode = next;
  });
}

if (process.argv[1] === SELF) await serve();

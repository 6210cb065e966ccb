/** Threads do what the pure functions do, and end where a step takes too long. */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { marksOf } from '../../src/feed/items/contentmark.ts';
import { readDocument } from '../../src/feed/readdocument.ts';
import type { Config } from '../../src/model/config.ts';
import type { RawItem, ReadResult } from '../../src/model/feed.ts';
import { type Batch, editBatch } from '../../src/pipeline/batch.ts';
import { createEditor } from '../../src/pipeline/editorial.ts';
import { openThreads, type Threads, type ThreadsDeps } from '../../src/threads/pool.ts';
import { fieldsAfterName } from '../../src/threads/processortime.ts';
import { makeConfig, makeEdition, makeSource } from '../support/configs.ts';
import { until } from '../support/until.ts';
import { makeItem } from '../support/entries.ts';

const NOW = Date.UTC(2026, 10, 2);
const SOURCE = makeSource({ id: 's', url: 'https://news.example/rss' });

const item = (id: string, over: Partial<RawItem> = {}): RawItem =>
  makeItem({
    id,
    guid: id,
    title: `合肥地铁${id}号线开通`,
    link: `https://news.example/${id}`,
    content:
      '<p>新华社合肥11月1日电（记者张三）全长二十公里，沿线居民出行更方便。</p><p>更多精彩内容请关注样报客户端</p>',
    published: NOW - 3_600_000,
    ...over,
  });

/** Takes most of a second: a reader of articles looks at every line. */
const HUGE = '<p>（记者 张三）2026年11月1日，工程进展顺利。</p>'.repeat(150_000);

const batch = (items: readonly RawItem[], over: Partial<Batch> = {}): Batch => ({
  items,
  source: SOURCE,
  document: { title: '样报', baseUrl: SOURCE.url },
  recurrences: null,
  dates: new Map(),
  now: NOW,
  ...over,
});

const feed = (title: string, text: string) =>
  Buffer.from(
    `<rss version="2.0"><channel><title>样报</title><item><title>${title}</title><link>https://news.example/1</link><description>${text}</description></item></channel></rss>`,
  );
const toRead = (bytes: Uint8Array) => ({
  source: SOURCE,
  document: { bytes, headers: { 'content-type': 'application/rss+xml' }, url: SOURCE.url },
  now: NOW,
});

const withThreads = (threads: Partial<Config['settings']['threads']>, over: Partial<Config> = {}): Config => {
  const config = makeConfig(over);
  return { ...config, settings: { ...config.settings, threads: { count: 1, timeoutMs: 5_000, ...threads } } };
};

let threads: Threads;
afterEach(() => threads.stop());

function open(config: () => Config, more: Pick<ThreadsDeps, 'idleMs'> = {}): Threads {
  const editor = async () => createEditor(config());
  threads = openThreads({ config, editor, log: pino({ level: 'silent' }), ...more });
  return threads;
}

async function readMarked({ source, document }: ReturnType<typeof toRead>): Promise<ReadResult> {
  const read = await readDocument(source, document, NOW);
  return read.ok ? { ...read, document: { ...read.document, marks: marksOf(read.document.items) } } : read;
}

describe.each([
  ['in a thread', 1],
  ['in the program itself', 0],
])('a task %s', (_name, count) => {
  it('gives what its function gives', async () => {
    const config = withThreads({ count });
    const { run } = open(() => config);
    const document = toRead(feed('合肥地铁开通', '沿线居民出行更方便。'));
    expect(await run('read', document)).toEqual({ ok: true, value: await readMarked(document) });
    const items = ['1', '2', '3'].map((id) => item(id));
    const dates = new Map([['2', NOW - 86_400_000]]);
    const value = editBatch(createEditor(config), batch(items, { dates }), () => undefined);
    expect(await run('edit', batch(items, { dates }))).toEqual({ ok: true, value });
    expect(value.edited.map(({ cleaned }) => cleaned.entry.published)).toEqual(
      [1, 24, 1].map((hours) => NOW - hours * 3_600_000),
    );
  });
});

describe('a step', () => {
  it('that takes longer than its limit ends its thread, and the next task has a new one', async () => {
    const { run } = open(() => withThreads({ timeoutMs: 100 }));
    const late = await run('edit', batch([item('1'), item('2', { content: HUGE }), item('3')]));
    expect(late).toEqual({ ok: false, at: 1, fault: { kind: 'time', limitMs: 100 } });
    expect(await run('edit', batch([item('1'), item('3')]))).toMatchObject({ ok: true });
  });

  it('is limited by itself: neither the wait for a thread nor the items before it count', async () => {
    const { run } = open(() => withThreads({ timeoutMs: 1_500 }));
    const slow = item('1', { content: HUGE.slice(0, HUGE.length / 20) });
    const items = Array.from({ length: 20 }, (_, i) => ({ ...slow, id: String(i) }));
    const done = await Promise.all([batch(items), batch(items)].map((one) => run('edit', one)));
    expect(done.map(({ ok }) => ok)).toEqual([true, true]);
  });

  it.runIf(process.platform === 'linux')(
    'is limited by the processor time it takes, not by what others take',
    async () => {
      const slow = batch([item('1', { content: HUGE.slice(0, HUGE.length / 25) })]);
      const easy = open(() => withThreads({ timeoutMs: 60_000 }));
      await easy.run('edit', slow);
      const before = process.cpuUsage();
      await easy.run('edit', slow);
      const { user, system } = process.cpuUsage(before);
      await easy.stop();

      const { run } = open(() => withThreads({ timeoutMs: (3 * (user + system)) / 1000 }));
      await run('edit', batch([item('1')]));
      const others = Array.from({ length: 6 * availableParallelism() }, () =>
        spawn(process.execPath, ['-e', 'for(;;);']),
      );
      try {
        expect(await run('edit', slow)).toMatchObject({ ok: true });
      } finally {
        for (const other of others) other.kill('SIGKILL');
      }
    },
  );

  it('of a document has more time the longer the document is', async () => {
    const { run } = open(() => withThreads({ timeoutMs: 2 }));
    const read = await run('read', toRead(feed('合肥地铁开通', HUGE.replaceAll('<', '&lt;'))));
    const bytes = HUGE.replaceAll('<', '&lt;').length;
    expect(read).toMatchObject({ ok: false, fault: { kind: 'time' } });
    const limitMs = read.ok || read.fault.kind !== 'time' ? 0 : read.fault.limitMs;
    expect(limitMs / 2).toBeGreaterThan(1 + bytes / 1_048_576);
  });

  it.each([1, 0])('that the program fails on is told of as such (threads: %i)', async (count) => {
    const { run } = open(() => withThreads({ count }));
    const faulty = item('2', { categories: null as never });
    const done = await run('edit', batch([item('1'), faulty, item('3')]));
    expect(done).toMatchObject({ ok: false, at: 1, fault: { kind: 'defect', said: expect.stringContaining('null') } });
    expect(await run('edit', batch([item('1'), item('3')]))).toMatchObject({ ok: true });
  });
});

it.runIf(process.platform === 'linux')('does long tasks in a thread that gives way to the others', async () => {
  const { run } = open(() => withThreads({}));
  await run('edit', batch([item('1')]));
  const before = await niceness();
  await run('read', toRead(Buffer.alloc(1_000_000, '<item>')));
  const after = await niceness();
  expect(before.get(process.pid)).toBe(after.get(process.pid));
  const added = [...after].filter(([thread]) => !before.has(thread)).map(([, nice]) => nice);
  expect(Math.max(...added)).toBeGreaterThan(Math.max(...before.values()));
});

/** Thread → its niceness (proc(5), "stat": the 17th field after the name). */
async function niceness(): Promise<ReadonlyMap<number, number>> {
  const threads = await readdir('/proc/self/task');
  const stats = await Promise.all(threads.map((thread) => readFile(`/proc/self/task/${thread}/stat`, 'utf8')));
  return new Map(stats.map((stat, i) => [Number(threads[i]), Number(fieldsAfterName(stat)[16])]));
}

it('takes over bytes that are given to it where they have their memory for themselves, and copies others', async () => {
  const { run } = open(() => withThreads({}));
  const whole = feed('合肥地铁开通', '沿线居民出行更方便。'.repeat(10_000));
  const part = whole.subarray(0);
  const among = Buffer.concat([Buffer.from('\n'), whole]).subarray(1);
  const expected = { ok: true, value: await readMarked(toRead(Buffer.from(whole))) };
  expect(await run('read', toRead(among), [among])).toEqual(expected);
  expect(among).toEqual(whole);
  expect(await run('read', toRead(whole))).toEqual(expected);
  expect(await run('read', toRead(whole), [whole])).toEqual(expected);
  expect([whole.length, part.length]).toEqual([0, 0]);
});

it('has no short task wait behind a long one', async () => {
  const { run } = open(() => withThreads({ timeoutMs: 60_000 }));
  await run('edit', batch([item('1')]));
  const order: string[] = [];
  await Promise.all([
    run('edit', batch([item('2', { content: HUGE })])).then(() => order.push('long')),
    run('read', toRead(Buffer.alloc(8_000_000, '<item>'))).then(() => order.push('long')),
    run('edit', batch([item('3')])).then(() => order.push('short')),
  ]);
  expect(order).toEqual(['short', 'long', 'long']);
});

it('edits under the config in force, from the next task on', async () => {
  let config = withThreads({}, { version: 'a', editions: [makeEdition({ id: 'delta', regions: ['北京市'] })] });
  const { run } = open(() => config);
  const editions = async () => {
    const done = await run('edit', batch([item('1')]));
    return done.ok ? done.value.edited.map(({ judgement }) => judgement.editions) : null;
  };
  const before = editions();
  config = withThreads({}, { version: 'b' });
  expect([await before, await editions()]).toEqual([[[]], [['delta']]]);
});

it.runIf(process.platform === 'linux')(
  'ends threads that had nothing to do for a while, and opens others',
  async () => {
    const config = withThreads({});
    const count = async () => (await readdir('/proc/self/task')).length;
    const before = await count();
    const { run } = open(() => config, { idleMs: 500 });
    await run('edit', batch([item('1')]));
    expect(await count()).toBeGreaterThan(before);
    await until(async () => (await count()) <= before, 'the thread to end');
    expect(await run('edit', batch([item('1')]))).toMatchObject({ ok: true });
  },
);

it('takes no item for faulty that is cut off by the end of the program', async () => {
  const { run, stop } = open(() => withThreads({ timeoutMs: 60_000 }));
  await run('edit', batch([item('1')]));
  let settled = false;
  const settle = () => {
    settled = true;
  };
  const before = process.cpuUsage();
  run('edit', batch([item('2', { content: HUGE })])).then(settle, settle);
  // Processor time of all threads: this one does nothing meanwhile.
  await until(() => process.cpuUsage(before).user > 150_000, 'the thread to be at work');
  expect(settled).toBe(false);
  await stop();
  await new Promise((done) => setImmediate(done));
  expect(settled).toBe(false);
});

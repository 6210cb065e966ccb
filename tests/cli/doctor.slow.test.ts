import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectRedis } from '../../src/store/redis/connect.ts';
import { socketPath } from '../../src/store/redis/lock.ts';
import { BIN, type FeedServer, makeRig, type Rig, serveFeeds } from '../daemon/rig.ts';
import { until } from '../support/until.ts';

let feeds: FeedServer;
let rig: Rig;

beforeAll(async () => {
  feeds = await serveFeeds();
  rig = await makeRig();
});
afterAll(async () => {
  await rig.close();
  await feeds.close();
});

async function doctor(args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [BIN, 'doctor', '--config', rig.config, ...args], {
    env: { ...process.env, DELTAWIRE_DATA: `${rig.folder}/data`, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { output, code: code as number };
}

it('says in both languages what is wrong and what to do, and mends records', { timeout: 180_000 }, async () => {
  feeds.items.set('a', ['合肥地铁开通', '芜湖港扩建']);
  await rig.writeSources(`sources:\n  - {id: a, name: 样报, url: "${feeds.url}/a.xml", schedule: auto}\n`);
  const program = await rig.start();
  await until(async () => (await program.status()).totals.entries === 2, 'the entries');
  const well = await doctor([], { LC_ALL: 'C' });
  expect(well.output).toMatch(/✓ Redis reads and writes/);
  expect(well.output).toMatch(/✓ .*every part of the work is done/);
  expect(well.output).toMatch(/✓ every stored record can be read/);
  expect(well.output).toMatch(/✓ the network works/);
  expect(well.output).toMatch(/✓ the clock is right/);
  expect(well.code).toBe(0);

  const redis = connectRedis({ socket: socketPath(`${rig.folder}/data`, 'redis.sock') }, 'worker');
  const [story] = await redis.keys('dw:story:*');
  await redis.hset(story ?? '', 'j', '{');
  redis.disconnect();
  const ill = await doctor([], { LC_ALL: 'zh_CN.UTF-8' });
  expect(ill.output).toContain('1 条存储的记录读不出来');
  expect(ill.code).toBe(1);
  expect((await doctor(['--fix'], { LC_ALL: 'C' })).output).toContain(`${story} is mended`);
  expect((await doctor([], { LC_ALL: 'C' })).code).toBe(0);

  await program.end('SIGTERM');
  await feeds.close();
  const gone = await doctor([], { LC_ALL: 'C' });
  expect(gone.output).toMatch(/✗ deltawire does not run/);
  expect(gone.output).toMatch(/✗ none of 1 sources that were asked can be reached/);
  expect(gone.code).toBe(1);
});

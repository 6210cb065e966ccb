/** Large feeds, all at once, in a program with little memory: it does them one after the other, and lives. */
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { until } from '../support/until.ts';
import { makeRig, type Rig, type Status } from './rig.ts';

const SOURCES = 20;
const FEED_BYTES = 9_500_000;
const ITEMS = 20;
const CHARACTERS =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经';
const POOL = Array.from({ length: 99_991 }, (_, i) => CHARACTERS[(i * i + (i >> 5)) % CHARACTERS.length]).join('');

let rig: Rig;
let server: Server;

beforeEach(async () => {
  rig = await makeRig();
  server = createServer((request, response) => {
    const name = request.url?.slice(1, -'.xml'.length) ?? '';
    const items = Array.from({ length: ITEMS }, (_, i) => item(name, i, FEED_BYTES / ITEMS));
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    response.end(
      `<?xml version="1.0"?><rss version="2.0"><channel><title>${name}</title>${items.join('')}</channel></rss>`,
    );
  });
});
afterEach(async () => {
  await rig.close();
  await endServer(server);
});

function item(feed: string, nth: number, bytes: number): string {
  const paragraphs = [];
  // Three bytes a character.
  for (let left = bytes / 3 - 120, p = 0; left > 0; left -= 200, p++)
    paragraphs.push(`<p>${words(Number(feed.slice(1)) * 7919 + nth * 104_729 + p * 31, Math.min(left, 193))}</p>`);
  return `<item><title>${feed} 第${nth}号文件：${words(nth * 17 + feed.length, 12)}</title><guid isPermaLink="false">${feed}-${nth}</guid><pubDate>Sun, 01 Nov 2026 08:00:00 GMT</pubDate><description><![CDATA[${paragraphs.join('')}]]></description></item>`;
}

/** As many characters as `count`, others for each seed. */
function words(seed: number, count: number): string {
  const from = (seed * 7919) % (POOL.length - count);
  return POOL.slice(from, from + count);
}

it('twenty feeds of 9.5 MB at 256 MB of heap', { timeout: 900_000 }, async () => {
  const url = await listenOnLoopback(server);
  const names = Array.from({ length: SOURCES }, (_, i) => `f${i}`);
  await rig.writeSources(
    `sources:\n${names.map((id) => `  - {id: ${id}, name: ${id}, url: "${url}/${id}.xml", schedule: auto}`).join('\n')}\n`,
  );
  const program = await rig.start([], { NODE_OPTIONS: '--max-old-space-size=256' });
  const done = async () => {
    if (program.process.exitCode !== null || program.process.signalCode !== null)
      throw new Error(`it ended: ${program.output().slice(-2_000)}`);
    // A page that waits for too long answers without sources.
    const { sources = [], idle = false } = (await program.status().catch(() => ({}))) as Partial<Status>;
    return idle && sources.length === SOURCES && sources.every(({ lastPollAt }) => lastPollAt !== null);
  };
  await until(done, 'all to be read', 800_000);
  const { sources, totals } = await program.status();
  expect(sources.map(({ lastError }) => lastError)).toEqual(sources.map(() => null));
  expect(totals.entries).toBeGreaterThanOrEqual(SOURCES);
});

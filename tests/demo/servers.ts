/** Starts demo servers for tests, with a clock that the test moves, and ends them. */
import iconv from 'iconv-lite';
import { startDemoServer } from '../../src/demo/sampleserver.ts';
import type { DemoServer } from '../../src/demo/sampleserver.ts';

export const START = Date.UTC(2026, 10, 23, 3, 0, 0);
export const INTERVAL_MS = 4000;
export const HOUR_MS = 3_600_000;

/** The sources that tell stories of their own and are polled. */
export const LIVE = [
  'jianghuai',
  'hushang',
  'suzhe',
  'changjiang',
  'qiantang',
  'sample-wire',
  'national',
  'sanjiao',
  'huizhou',
] as const;

const clocks = new Map<DemoServer, { now: number }>();

export async function start(seed = 7): Promise<DemoServer> {
  const clock = { now: START };
  const server = await startDemoServer({ now: () => clock.now, intervalMs: INTERVAL_MS, seed });
  clocks.set(server, clock);
  return server;
}

export function pass(server: DemoServer, ms: number): void {
  const clock = clocks.get(server);
  if (clock !== undefined) clock.now += ms;
}

export async function close(server: DemoServer): Promise<void> {
  clocks.delete(server);
  await server.close();
}

export async function closeAll(): Promise<void> {
  await Promise.all([...clocks.keys()].map(close));
}

export function addressOf(server: DemoServer, id: string): string {
  const source = server.sources.find((one) => one.id === id);
  if (source === undefined) throw new Error(`no source ${id}`);
  return source.url;
}

export async function bytes(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers });
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
}

const CHARSETS: Readonly<Record<string, string>> = { hushang: 'gb18030', huizhou: 'gbk' };

/** What the source says, decoded as it really is. */
export async function read(server: DemoServer, id: string): Promise<string> {
  return iconv.decode((await bytes(addressOf(server, id))).body, CHARSETS[id] ?? 'utf-8');
}

/** Article paths of the source's own, in the order of the list. */
export function pathsIn(document: string, id: string): string[] {
  return [
    ...new Set([...document.matchAll(new RegExp(`${id}/\\d{4}/\\d{4}/c\\d+\\.html`, 'g'))].map(([path]) => `/${path}`)),
  ];
}

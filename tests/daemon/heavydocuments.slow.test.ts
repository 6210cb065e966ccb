/** Floods and documents of ten megabytes, in the program as users start it: what they take of memory is bounded. */
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DOCUMENTS, item, rss } from '../support/heavydocuments.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { until } from '../support/until.ts';
import { makeRig, type Program, residentMb, type Rig } from './rig.ts';

/** Above what the program takes that reads one short feed. */
const MOST_MB = 150;
const LOOK_MS = 20;

let rig: Rig;
let server: Server;
let answer: (path: string) => string;

beforeEach(async () => {
  rig = await makeRig();
  server = createServer((request, response) => response.end(answer(request.url?.slice(1) ?? '')));
});
afterEach(async () => {
  await rig.close();
  await endServer(server);
});

const flood = (round: number) =>
  rss(
    'flood',
    Array.from({ length: 5_000 }, (_, i) => {
      const n = `${round}第${i}`;
      return item('flood', n, `合肥丙站${n}条消息发布`, `丙站${n}条消息的内容，${'详情请看本站。'.repeat(10)}`);
    }),
  );

/** Polls a source and waits until all that follows is done; gives the most that the program took meanwhile. */
async function peakOf(program: Program, source: string): Promise<number> {
  let peak = 0;
  const watch = setInterval(() => void residentMb(program).then((mb) => (peak = Math.max(peak, mb))), LOOK_MS);
  const isRead = async () => {
    const { idle, sources } = await program.status();
    return idle && sources.some(({ id, lastPollAt }) => id === source && lastPollAt !== null);
  };
  try {
    await fetch(`${program.base}/api/poll?source=${source}`, { method: 'POST' });
    await until(isRead, `${source} to be read`, 60_000);
  } finally {
    clearInterval(watch);
  }
  return peak;
}

it('has no more threads of V8 than processors to spare, little room for what is new, and one pool of memory', async () => {
  const { process: child } = await rig.start();
  const of = async (what: string) => (await readFile(`/proc/${child.pid}/${what}`, 'utf8')).split('\0');
  expect(await of('cmdline')).toContain(`--v8-pool-size=${Math.min(4, Math.max(1, cpus().length - 1))}`);
  expect(await of('cmdline')).toContain('--max-semi-space-size=4');
  expect(await of('environ')).toContain('MALLOC_ARENA_MAX=1');
});

it(`takes no more than ${MOST_MB} MB for them`, { timeout: 300_000 }, async () => {
  const base = await listenOnLoopback(server);
  const documents = Object.values(DOCUMENTS).map((make) => make());
  answer = (path) => {
    if (path === 'short') return rss('short', [item('short', '1', '合肥地铁开通', '沿线居民出行更方便。')]);
    return path.startsWith('flood') ? flood(Number(path.slice('flood'.length))) : (documents[Number(path)] ?? '');
  };
  const floods = [0, 1, 2].map((round) => `flood${round}`);
  const heavy = documents.map((_, i) => `${i}`);
  const rows = ['short', ...floods, ...heavy].map(
    (path) => `  - {id: s${path}, url: "${base}/${path}", schedule: "0 0 1 1 *"}`,
  );
  const settings = join(rig.config, 'settings.yaml');
  await writeFile(settings, `${await readFile(settings, 'utf8')}  maxBytes: 20000000\n`);
  await rig.writeSources(`sources:\n${rows.join('\n')}\n`);
  const program = await rig.start();
  const atRest = await peakOf(program, 'sshort');
  const peaks: [string, number][] = [];
  for (const path of [...floods, ...heavy])
    peaks.push([path, Math.round((await peakOf(program, `s${path}`)) - atRest)]);
  expect(peaks.filter(([, mb]) => mb > MOST_MB)).toEqual([]);
});

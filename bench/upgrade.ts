/**
 * Fills a store of 0.1.0 with 10,000 entries of publishers that misbehave, upgrades, polls again, and compares what readers
 * of every edition are served before and after: ids, dates and order. OLD=a built checkout of 0.1.0 (4ed1153).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HOUR_MS } from '../src/text/time.ts';
import { makePublisher } from '../tests/jobs/misbehaving.ts';
import { WAYS } from '../tests/jobs/ways.ts';
import { endServer, listenOnLoopback } from '../tests/support/loopback.ts';

const NEW = fileURLToPath(new URL('../', import.meta.url));
const OLD = process.env['OLD'];
if (OLD === undefined) throw new Error('OLD: expected the folder of a built checkout of 0.1.0');
const SOURCES = Number(process.env['SOURCES'] ?? 100);
const SHOWN = 300;
const EDITIONS = ['all', 'anhui', 'shanghai'];

// 0.1.0 reads pages by other rules, and a failing source shows nothing of an upgrade.
const ways = WAYS.filter(
  ({ select, fullText, name }) => select === undefined && fullText !== true && name !== 'errors',
);
const end = Date.now();
const publishers = Array.from({ length: SOURCES }, (_, i) => {
  const way = { ...(ways[i % ways.length] ?? { name: '' }), shown: SHOWN, everyHours: 1, edits: false };
  return makePublisher(`s${i}`, way, end - 2 * HOUR_MS, 1);
});
const server = createServer((request, response) => {
  const publisher = publishers[Number(request.url?.slice(1))];
  const {
    status = 200,
    type = 'text/xml',
    headers = {},
    body,
  } = publisher?.answer({ now: end, base: '', elsewhere: '', etag: undefined }) ?? { body: '' };
  const declared = type.includes('charset') ? type : `${type}; charset=utf-8`;
  response.writeHead(status, { 'content-type': declared, ...headers }).end(body);
});

interface Item {
  readonly id: string;
  readonly date_published: string;
  readonly title: string;
}

interface Served {
  readonly items: readonly Item[];
  readonly next_url?: string;
}

const web = 'http://127.0.0.1:31099';
const children: ChildProcess[] = [];

async function start(program: string, config: string, data: string): Promise<void> {
  const env = { ...process.env, DELTAWIRE_DATA: data, DELTAWIRE_PORT: '31099', LOG_LEVEL: 'warn' };
  const args = ['bin/deltawire.js', 'start', '--config', config];
  children.push(spawn(process.execPath, args, { cwd: program, env, stdio: 'ignore' }));
  while (
    !(await fetch(`${web}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await sleep(200);
}

async function stop(): Promise<void> {
  const child = children.pop();
  if (child === undefined) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

async function pollAll(): Promise<void> {
  await fetch(`${web}/api/poll`, { method: 'POST' });
  for (let quiet = 0; quiet < 3;) {
    await sleep(500);
    quiet = ((await (await fetch(`${web}/api/status`)).json()) as { idle: boolean }).idle ? quiet + 1 : 0;
  }
}

/** Everything that an edition serves, page after page. */
async function readAll(edition: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let url: string | undefined = `${web}/feeds/${edition}.json`; url !== undefined;) {
    const answer: Response = await fetch(url);
    // The index of what is kept is made at the first start.
    if (!answer.ok) {
      await sleep(500);
      continue;
    }
    const served = (await answer.json()) as Served;
    lines.push(...served.items.map(({ id, date_published: date, title }) => `${id} ${date} ${title}`));
    url = served.next_url;
  }
  return lines;
}

const folder = await mkdtemp(join(tmpdir(), 'deltawire-upgrade-'));
try {
  const base = await listenOnLoopback(server);
  const [config, data] = [join(folder, 'config'), join(folder, 'data')];
  await mkdir(config);
  await mkdir(data);
  const sources = publishers.map(({ id }, i) => ({ id, url: `${base}/${i}`, schedule: '0 0 1 1 *' }));
  const files = {
    sources: { sources },
    editions: {
      editions: [
        { id: 'all', size: 1000 },
        { id: 'anhui', regions: ['安徽省'], size: 1000 },
        { id: 'shanghai', regions: ['上海市'] },
      ],
    },
    regions: { groups: {} },
    settings: { fetch: { allowAddresses: ['127.0.0.0/8'], perHostIntervalMs: 0, perHostConcurrency: 10 } },
  };
  for (const [name, content] of Object.entries(files))
    await writeFile(join(config, `${name}.yaml`), JSON.stringify(content));

  await start(OLD, config, data);
  await pollAll();
  const before = new Map<string, readonly string[]>();
  for (const edition of EDITIONS) before.set(edition, await readAll(edition));
  await stop();
  await start(NEW, config, data);
  const compare = async (when: string) => {
    for (const edition of EDITIONS) {
      const [was, is] = [before.get(edition) ?? [], await readAll(edition)];
      const known = new Set(was.map((line) => line.split(' ', 1)[0]));
      const fresh = is.filter((line) => !known.has(line.split(' ', 1)[0]));
      const same = was.filter((line, i) => line === is[i]).length;
      console.log(
        `${when}, ${edition}: ${was.length} before, ${is.length} now, ${same} equal in place, ${fresh.length} seen as new`,
      );
      for (const line of fresh.slice(0, 5)) console.log(`  ${line}`);
    }
  };
  await compare('after the upgrade');
  for (let poll = 1; poll <= 2; poll++) {
    await pollAll();
    await compare(`after poll ${poll}`);
  }
} finally {
  await stop();
  await endServer(server);
  await rm(folder, { recursive: true, force: true });
}

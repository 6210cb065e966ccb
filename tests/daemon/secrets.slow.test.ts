/** What only the operator may know stays in the config: no log, page, ledger, metric, feed or job shows it. */
import { createServer, type Server } from 'node:http';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../../src/text/passwordhash.ts';
import { makeRig, type Program, type Rig } from './rig.ts';
import { until } from '../support/until.ts';

/** Part of every secret below; what shows it is a leak. */
const MARK = 'geheim';
const PASSWORD = `${MARK}-login-1`;

let outlet: Server;
let rig: Rig;
let program: Program;
let hash: string;
const asked: {
  readonly url: string;
  readonly authorization: string;
  readonly cookie: string;
  readonly body: string;
}[] = [];

const FEED = `<rss version="2.0"><channel><title>合肥样报</title><link>https://hf.example/</link>
<item><title>合肥新开一条公交线路</title><link>1.html</link><guid isPermaLink="false">1</guid>
<description><![CDATA[<p>合肥市今日新开一条公交线路，<a href="2.html">详情</a>、<a href="#top">上</a>、<a href="">此</a>。<img src="?size=3"></p>]]></description></item></channel></rss>`;

beforeAll(async () => {
  outlet = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { authorization = '', cookie = '' } = request.headers;
      asked.push({ url: request.url ?? '', authorization, cookie, body });
      if (request.url?.startsWith('/good')) response.setHeader('content-type', 'application/rss+xml').end(FEED);
      else if (request.url?.startsWith('/moved'))
        response.writeHead(301, { location: `/bad?token=${MARK}-moved` }).end();
      else if (request.url?.startsWith('/wall'))
        response.writeHead(302, { location: `/page?session=${MARK}-session` }).end();
      else if (request.url?.startsWith('/page')) response.setHeader('content-type', 'text/html').end('<p>请登录</p>');
      else if (request.url?.startsWith('/hook')) response.end('{"errcode":0}');
      else response.writeHead(500).end();
    });
  });
  await new Promise<void>((done) => outlet.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(outlet.address() as AddressInfo).port}`;
  rig = await makeRig();
  hash = await hashPassword(PASSWORD);
  await rig.writeSources(`sources:
  - id: good
    url: http://${host}/good/feed.xml?token=${MARK}-good
    headers:
      Authorization: Bearer ${MARK}-bearer
      Cookie: id=${MARK}-cookie
  - {id: login, url: "http://user:${MARK}-user@${host}/good/feed.xml"}
  - {id: bad, url: "http://${host}/bad?access_token=${MARK}-bad", headers: {X-Api-Key: ${MARK}-key}}
  - {id: moved, url: "http://${host}/moved"}
  - {id: wall, url: "http://${host}/wall"}
  - {id: refused, url: "http://127.0.0.1:1/?key=${MARK}-refused"}
  - {id: guarded, url: "http://10.1.2.3/?sign=${MARK}-guarded"}
  - {id: proxied, url: "http://hf.example/feed.xml", proxy: "http://me:${MARK}-proxy@${host}/"}
`);
  await writeFile(
    join(rig.config, 'settings.yaml'),
    `server:\n  admin: 'ops:${hash}'\nfetch:\n  allowAddresses: ["127.0.0.0/8"]\n  perHostIntervalMs: 0\nalerts:\n  webhook: http://${host}/hook/${MARK}-hook\n  format: dingtalk\n  secret: ${MARK}-sign\n`,
  );
  program = await rig.start([], { LOG_LEVEL: 'trace' });
}, 60_000);
afterAll(async () => {
  await rig.close();
  await new Promise((done) => outlet.close(done));
});

const read = async (path: string, method = 'GET') => {
  const authorization = `Basic ${Buffer.from(`ops:${PASSWORD}`).toString('base64')}`;
  const response = await fetch(`${program.base}${path}`, { method, headers: { authorization, accept: '*/*' } });
  return response.text();
};

test('no secret is shown anywhere', { timeout: 60_000 }, async () => {
  // Three failures in a row are told of.
  for (let polls = 1; polls <= 3; polls++) {
    const done = async () => {
      const { sources, idle } = JSON.parse(await read('/api/status')) as {
        idle: boolean;
        sources: { id: string; failures: number; lastPollAt: string | null }[];
      };
      const failing = sources.filter(({ id }) => !['good', 'login', 'wall'].includes(id));
      return idle && failing.every(({ failures }) => failures >= polls);
    };
    await until(done, `poll ${polls}`);
    await read('/api/poll', 'POST');
  }
  await until(() => asked.some(({ url }) => url.startsWith('/hook')), 'an alert');

  // The secrets were used: the test would not see leaks of what was never there.
  expect(asked.find(({ url }) => url.includes(`token=${MARK}-good`))).toMatchObject({
    authorization: `Bearer ${MARK}-bearer`,
    cookie: `id=${MARK}-cookie`,
  });
  expect(
    asked.map(({ authorization }) => atob(authorization.replace('Basic ', '').replace(/^Bearer.*/, ''))),
  ).toContain(`user:${MARK}-user`);
  const alerts = asked.filter(({ url }) => url.startsWith('/hook'));
  expect(alerts[0]?.url).toMatch(/timestamp=\d+&sign=/);

  const entry = (JSON.parse(await read('/api/ledger')) as { rows: { entry: string }[] }).rows[0]?.entry ?? '';
  const ids = ['good', 'login', 'bad', 'moved', 'wall', 'refused', 'guarded', 'proxied'];
  const queues = ['poll', 'fulltext', 'ingest', 'push', 'verify', 'slow', 'alert'];
  const states = ['latest', 'completed', 'failed', 'delayed', 'waiting'];
  const paths = [
    ...'/ /status /ledger /metrics /api/status /api/ledger /opml /healthz /readyz'.split(' '),
    ...'/feeds/delta.rss /feeds/delta.atom /feeds/delta.json /config?file=settings.yaml'.split(' '),
    `/ledger/entry?id=${entry}`,
    `/stories/${entry}`,
    ...ids.flatMap((id) => [`/status/source?id=${id}`, `/api/status?source=${id}`]),
    ...queues.flatMap((queue) =>
      states.map((state) => `/admin/queues/api/queues?activeQueue=${queue}&status=${state}&page=1&jobsPerPage=50`),
    ),
  ];
  const shown = await Promise.all(paths.map(async (path) => [path, await read(path)] as const));
  // One trial runs at a time.
  let trials = '';
  for (const id of ['good', 'login', 'bad', 'wall']) trials += await read(`/api/try?source=${id}`, 'POST');
  const leaks = [
    ...shown,
    ['a trial', trials],
    ['the log', program.output()],
    ...alerts.map(({ body }) => ['an alert', body]),
  ]
    .filter(([, text]) => text?.includes(MARK) || text?.includes(hash.slice(-43)))
    .map(
      ([where, text = '']) => `${where}: …${text.slice(Math.max(0, text.indexOf(MARK) - 80), text.indexOf(MARK) + 40)}`,
    );
  expect(leaks).toEqual([]);
  expect(await read('/feeds/delta.json')).toContain('合肥新开一条公交线路');
});

/** The program in the namespace: serves every address, resolves every name, asks each case, prints what came of it. */
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Queue } from 'bullmq';
import { pino } from 'pino';
import { createFetcher } from '../../../src/fetch/fetcher.ts';
import { saveBody, saveSubscription } from '../../../src/store/websub/subscriptions.ts';
import { closeQueues, openQueues, type PushJob } from '../../../src/jobs/queues.ts';
import type { Store } from '../../../src/store/redis/keys.ts';
import { makeConfig, makeSource } from '../../support/configs.ts';
import { until } from '../../support/until.ts';
import { makeItem } from '../../support/entries.ts';
import { startRedis } from '../../support/redis.ts';
import { startNameServer } from '../nameserver.ts';
import { brief, messageOf } from '../rig.ts';
import { type Case, cases, NAMES } from './cases.ts';
import { startWorking } from '../../support/working.ts';

/** What came of one case. */
export interface Outcome {
  readonly name: string;
  readonly gives: string;
  readonly says: string;
  readonly reaches: Readonly<Record<string, number>>;
}

const ITEM = '<item><guid>1</guid><title>合肥开通公交线路</title></item>';
const FEED = `<rss version="2.0"><channel><title>样报</title>${ITEM}</channel></rss>`;
const PAGE = `<html><body><div>${'<p>　　合肥市今天开通三条公交线路，串起城东的产业园、医院和两所学校，沿线居民出门更方便。</p>'.repeat(9)}</div></body></html>`;
const BODIES: Readonly<Record<string, string>> = { '/feed': FEED, '/page': PAGE };

let reaches: Record<string, number> = {};
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://any.example');
  const [, status, escaped = ''] = /^\/to\/(\d+)\/(.*)/.exec(pathname) ?? [];
  // As bytes: Node lets only these into a header.
  const location = Buffer.from(decodeURIComponent(escaped)).toString('latin1');
  if (status !== undefined) response.writeHead(Number(status), { location }).end();
  else if (request.method === 'POST') response.writeHead(204).end();
  else response.end(searchParams.get('hub.challenge') ?? BODIES[pathname] ?? 'here');
});
// Every server is a proxy as well.
server.on('connect', (request, socket) => {
  const { hostname, port } = new URL(`http://${request.url}`);
  const onward = connect(Number(port === '' ? 80 : port), hostname.replace(/^\[|\]$/g, ''));
  onward.once('connect', () => {
    socket.write('HTTP/1.1 200 Connected\r\n\r\n');
    socket.pipe(onward).pipe(socket);
  });
  onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  socket.on('error', () => onward.destroy());
});
server.on('connection', ({ localAddress = '' }) => {
  const address = new URL(`http://[${localAddress}]/`).hostname.slice(1, -1);
  const four = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(localAddress)?.[1];
  reaches[four ?? address] = (reaches[four ?? address] ?? 0) + 1;
});

/** Look-ups of each name so far, by type of record. */
let lookups: Record<string, number> = {};
function resolve(name: string, type: 'A' | 'AAAA'): readonly string[] | null {
  const answers = NAMES[name];
  if (answers === undefined) return null;
  const turn = lookups[`${type} ${name}`] ?? 0;
  lookups[`${type} ${name}`] = turn + 1;
  const found = answers[Math.min(turn, answers.length - 1)] ?? [];
  return found.filter((one) => !/^[\d.]+$|:/.test(one) || one.includes(':') === (type === 'AAAA'));
}

const LIMITS = { timeoutMs: 5_000, maxBytes: 1 << 20, maxRedirects: 5, concurrency: 8 };

type Asked = Pick<Outcome, 'gives' | 'says'>;

async function askItself({ asker, url, proxy, allow, times }: Case): Promise<Asked> {
  const fetcher = createFetcher({ ...LIMITS, allowAddresses: allow });
  const accept = asker === 'page' ? 'page' : 'feed';
  let result = await fetcher.fetchDocument({ url, proxy, accept });
  for (let more = 1; more < times; more++) result = await fetcher.fetchDocument({ url, proxy, accept });
  await fetcher.close();
  return { gives: brief(result), says: messageOf(result) };
}

const redis = await startRedis();

/** `/` of a case is the document that this kind of job wants; redirects are as they are. */
const documentOf = (url: string, path: string): string => (url.endsWith('/') ? `${url.slice(0, -1)}${path}` : url);

async function askByJob(one: Case): Promise<Asked> {
  const store = redis.store();
  const queues = openQueues(store.redis, store.prefix);
  const said: string[] = [];
  const base = makeConfig({
    sources: [makeSource({ id: 'a', url: documentOf(one.url, '/feed') })],
    fetch: { ...LIMITS, allowAddresses: one.allow },
  });
  const config = { ...base, settings: { ...base.settings, alerts: { ...base.settings.alerts, webhook: one.url } } };
  const log = pino({ level: 'warn' }, { write: (line) => said.push(line) });
  const workers = startWorking(config, { connection: redis.connect(), store, queues, log });
  let asked: Asked = { gives: '', says: '' };
  for (let turn = 0; turn < one.times; turn++) asked = await runJob(queues, store, one, said);
  await workers.stop();
  await closeQueues(queues);
  return asked;
}

async function runJob(
  queues: ReturnType<typeof openQueues>,
  store: Store,
  { asker, url }: Case,
  said: readonly string[],
): Promise<Asked> {
  const push = async (data: PushJob) => {
    const { failed, value } = await endOf(queues.push, data);
    return { failed, value: value as string };
  };
  const [edition, topic, contentType] = ['delta', 'http://own.example/feeds/delta.rss', 'application/rss+xml'];
  switch (asker) {
    case 'poll': {
      const end = await endOf(queues.poll, { source: 'a', why: 'asked' });
      return end.failed ?? { gives: `completed ${(end.value as { outcome: string }).outcome}`, says: '' };
    }
    case 'full text': {
      const item = makeItem({ id: '1', link: documentOf(url, '/page') });
      const job = { source: 'a', feedTitle: null, baseUrl: url, item, hash: String(said.length) };
      const { pages } = (await endOf(queues.fulltext, job)).value as { pages: number };
      return { gives: `completed ${pages} ${pages === 1 ? 'page' : 'pages'}`, says: said.join('') };
    }
    case 'webhook': {
      const change = { source: 'a', name: 'a', from: 'healthy', to: 'failing', why: 'it is', at: 0, url };
      const end = await endOf(queues.alert, change);
      return end.failed ?? { gives: `completed ${(end.value as { status: number }).status}`, says: '' };
    }
    case 'websub confirms': {
      const request = { mode: 'subscribe', topic, callback: url, leaseMs: 60_000, secret: null } as const;
      const { value } = await push({ kind: 'verify', edition, request });
      return value === 'subscribed' ? { gives: `completed ${value}`, says: '' } : { gives: 'completed', says: value };
    }
    case 'websub delivers': {
      const expiresAt = Date.now() + 60_000;
      const one = { id: 's', topic, edition, callback: url, secret: null, expiresAt };
      await saveSubscription(store, one, { all: 1, ofTopic: 1, groups: [], narrowedTopics: null }, Date.now());
      await saveBody(store, topic, { contentType, body: Buffer.from(FEED) });
      const end = await push({ kind: 'deliver', subscription: 's', hub: 'http://own.example/hub' });
      return end.failed ?? { gives: `completed ${end.value}`, says: '' };
    }
    case 'websub pings': {
      const end = await push({ kind: 'ping', hub: url, topics: [topic] });
      return end.failed ?? { gives: `completed ${end.value}`, says: '' };
    }
    case 'websub leaves': {
      const end = await push({ kind: 'unfollow', hub: url, topic, callback: 'http://own.example/push/a/1' });
      return end.failed ?? { gives: `completed ${end.value}`, says: '' };
    }
    case 'feed':
    case 'page':
      throw new Error(`${asker} is no job`);
    default:
      return asker satisfies never;
  }
}

/** Adds a job that is tried once, and waits for its end. */
async function endOf<D>(queue: Queue<D>, data: D): Promise<{ readonly failed: Asked | null; readonly value: unknown }> {
  const { id = '' } = await (queue as Queue).add('a', data, { attempts: 1 });
  await until(async () => /^(?:completed|failed)$/.test(await queue.getJobState(id)), `job ${queue.name}`);
  const job = await queue.getJob(id);
  const failed = job?.failedReason;
  return { failed: failed === undefined ? null : { gives: 'failed', says: failed }, value: job?.returnvalue };
}

const names = await startNameServer(resolve, 53);
await new Promise<void>((done) => server.listen(80, '::', done));
for (const one of cases) {
  [reaches, lookups] = [{}, {}];
  const asked = one.asker === 'feed' || one.asker === 'page' ? await askItself(one) : await askByJob(one);
  process.stdout.write(`${JSON.stringify({ name: one.name, ...asked, reaches } satisfies Outcome)}\n`);
}
await redis.stop();
names.close();
server.closeAllConnections();
server.close();

/** `deltawire demo`: the whole daemon on bundled sample sources, with no internet and no settings. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Daemon, ROLES } from '../../daemon/daemon.ts';
import { writeDemoConfig } from '../../demo/democonfig.ts';
import { startDemoServer } from '../../demo/sampleserver.ts';
import { ASSEMBLER } from '../../pipeline/assemble.ts';
import { reason } from '../../reasons/catalogue.ts';
import { readEdition } from '../../store/stories/stories.ts';
import { withdrawStory } from '../../store/stories/withdraw.ts';
import { messageOf } from '../../text/messageof.ts';
import { columns } from '../output/columns.ts';
import { readEnvironment } from '../../config/environment.ts';
import { type ExitCode, print, printReason, tellReason } from '../output/exit.ts';
import { openLog } from '../output/log.ts';
import { launch, listenForSignals, stopWithin } from './start.ts';
import { hostOf, isLoopback } from '../../text/url.ts';
import { SHIPPED_CONFIG, VERSION } from '../output/version.ts';

const PORT = 8480;
const PASSWORD_BYTES = 9;
/** By then there are some dozens of stories. */
const DIGEST_MS = 120_000;
const LABEL_COLUMNS = 16;
/** One of as many stories is withdrawn. */
const AMONG = 30;
const LOOK_MS = 1_000;
const SAID = '样本：原媒体已更正 · sample: its outlet took it back';

export async function runDemo(): Promise<ExitCode> {
  const { logLevel, port, host, admin, baseUrl, behindProxy } = readEnvironment(process.env);
  // Others may read the news; the desk asks for the password that this terminal shows.
  const reachable =
    behindProxy === true || [host, hostOf(baseUrl ?? '')].some((name) => name !== null && !isLoopback(name));
  const login = reachable && admin === null ? `demo:${randomBytes(PASSWORD_BYTES).toString('base64url')}` : null;
  const folder = await mkdtemp(join(tmpdir(), 'deltawire-demo-'));
  const samples = await startDemoServer({ now: Date.now });
  try {
    const config = join(folder, 'config');
    await writeDemoConfig(
      config,
      fileURLToPath(SHIPPED_CONFIG),
      samples,
      port ?? (await freePort(PORT)),
      Date.now() + DIGEST_MS,
    );
    const env: NodeJS.ProcessEnv = { ...process.env, DELTAWIRE_DATA: join(folder, 'data') };
    // The demo brings its own Redis: it must not write samples into a store that someone reads.
    delete env['REDIS_URL'];
    if (login !== null) env['DELTAWIRE_ADMIN'] = login;
    const log = openLog(process.env['LOG_LEVEL'] === undefined ? 'error' : logLevel, process.stdout.isTTY);
    const ending = listenForSignals(() => undefined);
    const { signal } = ending;
    const daemon = await launch({ configFolder: config, env, roles: ROLES, version: VERSION, log, signal });
    if (daemon === null) return 0;
    await welcome(daemon.address ?? '', config, samples.url, login);
    withdrawOne(daemon, signal).catch((error: unknown) => {
      if (!signal.aborted) log.error({ error: messageOf(error) }, 'no story was withdrawn');
    });
    await ending.asked;
    await print('');
    await printReason(reason('demo.stopping'));
    await stopWithin(daemon);
  } finally {
    await samples.close();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

async function welcome(address: string, config: string, samples: string, login: string | null): Promise<void> {
  const edit = tellReason(reason('demo.edit'));
  const rows = [
    [reason('demo.home'), `${address}/`],
    [reason('demo.feeds'), `${address}/feeds/delta.rss  .atom  .json`],
    [reason('demo.status'), `${address}/status`],
    [reason('demo.ledger'), `${address}/ledger`],
    [reason('demo.withdrawn'), `${address}/ledger?code=operator.withdraw`],
    [reason('demo.queues'), `${address}/admin/queues`],
    ...(login === null ? [] : [[reason('demo.login'), login.replace(':', ' / ')] as const]),
    [reason('demo.samples'), `${samples}/`],
    [reason('demo.config'), `${join(config, 'sources.yaml')}  (${edit})`],
  ] as const;
  await printReason(reason('demo.title'));
  await print('');
  for (const [name, what] of rows) {
    const label = tellReason(name);
    await print(`  ${label}${' '.repeat(LABEL_COLUMNS - columns(label))}${what}`);
  }
  await print('');
  await printReason(reason('demo.runs'));
}

/** Withdraws a story that several outlets tell, as an editor would: the desk has one to show. */
async function withdrawOne({ store, config }: Daemon, signal: AbortSignal): Promise<void> {
  const choose = async () => {
    const rows = await readEdition(store, 'delta', { offset: 0, limit: AMONG, since: null });
    return rows.length < AMONG ? undefined : rows.findLast(({ story }) => story.copies.length > 1)?.story.id;
  };
  let story = await choose();
  for (; story === undefined; story = await choose()) await wait(LOOK_MS, undefined, { signal });
  const { version, settings } = config();
  await withdrawStory(store, story, SAID, {
    now: Date.now(),
    configVersion: version,
    ledgerCount: settings.retention.ledgerCount,
    assembler: ASSEMBLER,
  });
}

/** `wanted` where it is free, else any free port. */
async function freePort(wanted: number): Promise<number> {
  const take = (port: number) =>
    new Promise<number | null>((done) => {
      const server = createServer();
      server.once('error', () => done(null));
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => done(typeof address === 'object' && address !== null ? address.port : null));
      });
    });
  return (await take(wanted)) ?? (await take(0)) ?? wanted;
}

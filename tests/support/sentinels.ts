/** Runs three redis-servers, one of them the primary, and three Sentinels that watch over them, on loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../daemon/rig.ts';
import { redisServer } from './programs.ts';
import { until } from './until.ts';

const NODES = 3;
const NAME = 'main';
/** How long a primary says nothing before a Sentinel takes it for gone. */
const DOWN_AFTER_MS = 2_000;
/** A new failover may begin after twice this. */
const FAILOVER_MS = 3_000;
const PATIENCE_MS = 120_000;

export interface Sentinels {
  /** As REDIS_URL has it. */
  readonly url: string;
  /** Kills the primary at once. */
  killPrimary(): Promise<void>;
  /** Starts it again as a replica of the one that took its place, and resolves once all are in step. */
  mend(): Promise<void>;
  stop(): Promise<void>;
}

interface Node {
  readonly port: number;
  child: ChildProcess;
}

export async function startSentinels(): Promise<Sentinels> {
  const folder = await mkdtemp(join(tmpdir(), 'deltawire-sentinels-'));
  const start = (port: number, replicaOf: number | null): ChildProcess => {
    const follows = replicaOf === null ? [] : ['--replicaof', '127.0.0.1', String(replicaOf)];
    const settings = ['--port', String(port), '--dir', join(folder, String(port)), '--save', '', '--appendonly', 'yes'];
    return spawn(redisServer(), [...settings, '--repl-diskless-sync-delay', '0', ...follows], { stdio: 'ignore' });
  };
  const ports = await Promise.all(Array.from({ length: 2 * NODES }, () => freePort()));
  for (const port of ports) await mkdir(join(folder, String(port)));
  const [first = 0] = ports;
  const nodes: Node[] = ports
    .slice(0, NODES)
    .map((port) => ({ port, child: start(port, port === first ? null : first) }));
  const watchers: ChildProcess[] = [];
  for (const port of ports.slice(NODES)) {
    const file = join(folder, String(port), 'sentinel.conf');
    const lines = [
      `port ${port}`,
      `dir ${join(folder, String(port))}`,
      `sentinel monitor ${NAME} 127.0.0.1 ${first} 2`,
      `sentinel down-after-milliseconds ${NAME} ${DOWN_AFTER_MS}`,
      `sentinel failover-timeout ${NAME} ${FAILOVER_MS}`,
      `sentinel parallel-syncs ${NAME} ${NODES}`,
    ];
    await writeFile(file, `${lines.join('\n')}\n`);
    watchers.push(spawn(redisServer(), [file, '--sentinel'], { stdio: 'ignore' }));
  }
  const asking = new Redis({ host: '127.0.0.1', port: ports[NODES] ?? 0 });
  asking.on('error', () => undefined);
  const primary = async () => Number(((await asking.call('SENTINEL', 'get-master-addr-by-name', NAME)) as string[])[1]);
  /** All replicas in step, and all Sentinels known to each other. A node that could not start is started again. */
  const settle = () =>
    until(
      async () => {
        const leader = await primary();
        // Another program may have taken the port of a dead node: it ends at once, and is started until the port is free.
        for (const node of nodes)
          if (hasEnded(node.child)) node.child = start(node.port, node.port === leader ? null : leader);
        const [state] = (await asking.call('SENTINEL', 'masters')) as string[][];
        const told = new Map(state?.flatMap((value, i) => (i % 2 === 0 ? [[value, state[i + 1] ?? '']] : [])));
        const redis = new Redis({ host: '127.0.0.1', port: leader, retryStrategy: () => null });
        redis.on('error', () => undefined);
        const replication = await redis.info('replication').catch(() => '');
        redis.disconnect();
        const inStep = replication.match(/state=online/g)?.length ?? 0;
        return inStep === NODES - 1 && told.get('num-other-sentinels') === '2' && told.get('flags') === 'master';
      },
      'all replicas to be in step',
      PATIENCE_MS,
    );
  await settle();
  return {
    url: `redis+sentinel://${ports
      .slice(NODES)
      .map((port) => `127.0.0.1:${port}`)
      .join(',')}/${NAME}`,
    async killPrimary() {
      const port = await primary();
      const node = nodes.find((one) => one.port === port);
      await end(node?.child);
    },
    async mend() {
      const dead = nodes.find(({ child }) => hasEnded(child));
      if (dead === undefined) return;
      await until(async () => (await primary()) !== dead.port, 'another primary', PATIENCE_MS);
      await settle();
    },
    async stop() {
      asking.disconnect();
      await Promise.all([...watchers, ...nodes.map(({ child }) => child)].map(end));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function hasEnded({ signalCode, exitCode }: ChildProcess): boolean {
  return signalCode !== null || exitCode !== null;
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || hasEnded(child)) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
}

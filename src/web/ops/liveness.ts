/** Answers /healthz and /readyz: whether the process runs, and whether the daemon can do its work. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Reason } from '../../model/reason.ts';
import { type Code, reason } from '../../reasons/catalogue.ts';
import { say } from '../../reasons/render.ts';
import { probeWrites, readBeats, stopsOf, whyAway } from '../../store/beats.ts';
import { networkAway } from '../../store/sources/network.ts';
import { textOf } from '../http/formfields.ts';
import type { Store } from '../../store/redis/keys.ts';
import { fromStore } from '../http/storetimeout.ts';
import type { WebDeps } from '../deps.ts';
import { messageOf } from '../../text/messageof.ts';

const PROBE_MS = 1_000;

async function stopsBeyondRedis(store: Store): Promise<readonly Reason[]> {
  const [beats, away] = await Promise.all([readBeats(store), networkAway(store)]);
  return away === null ? stopsOf(beats) : [...stopsOf(beats), away];
}

/** What strangers are told of a reason, by what its code begins with: what it says may name an address or a path. */
const PLAIN: Readonly<Record<string, Code>> = {
  redis: 'request.ready.store',
  work: 'request.ready.processes',
  network: 'request.ready.network',
  clock: 'request.ready.clock',
};

function plain(why: Reason): Reason {
  return { code: PLAIN[why.code.split('.')[0] ?? ''] ?? 'request.ready.other' };
}

/**
 * `/readyz` is 503 where Redis is away or takes no writes; `/readyz?deep` also where no process does a part of the work,
 * a clock was set, or no host can be reached.
 * `code` names the reason; `why` and `whyZh` say it, to strangers without what the system said of it.
 */
export function serveHealth(
  app: FastifyInstance,
  { store, config, liveness }: WebDeps,
  isOperator: (request: FastifyRequest) => Promise<boolean>,
): void {
  app.get('/healthz', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'alive', version: liveness.version }),
  );
  app.get('/readyz', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const notReady = async (why: Reason) => {
      const told = (await isOperator(request)) ? why : plain(why);
      return reply
        .code(503)
        .send({ status: 'not ready', why: say(told, 'en'), whyZh: say(told, 'zh'), code: why.code });
    };
    try {
      const refusal = await fromStore(() => probeWrites(store), PROBE_MS);
      if (refusal !== null) return await notReady(refusal);
      const isDeep = Object.hasOwn(request.query as object, 'deep') && textOf(request, 'deep') !== '0';
      const [stop] = isDeep ? await fromStore(() => stopsBeyondRedis(store), PROBE_MS) : [];
      if (stop !== undefined) return await notReady(stop);
      return await reply.send({ status: 'ready', config: config().version });
    } catch (error) {
      return notReady((await whyAway(store)) ?? reason('redis.away', { said: messageOf(error) }));
    }
  });
}

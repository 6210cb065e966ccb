/** Answers /healthz and /readyz: whether the process runs, and whether the daemon can do its work. */
import type { FastifyInstance } from 'fastify';
import type { Reason } from '../../model/reason.ts';
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

/**
 * `/readyz` is 503 where Redis is away or takes no writes; `/readyz?deep` also where no process does a part of the work,
 * a clock was set, or no host can be reached.
 * `why` and `whyZh` say it, `code` names the reason.
 */
export function serveHealth(app: FastifyInstance, { store, config, liveness }: WebDeps): void {
  app.get('/healthz', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'alive', version: liveness.version }),
  );
  app.get('/readyz', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const notReady = (why: Reason) =>
      reply.code(503).send({ status: 'not ready', why: say(why, 'en'), whyZh: say(why, 'zh'), code: why.code });
    try {
      const refusal = await fromStore(() => probeWrites(store), PROBE_MS);
      if (refusal !== null) return await notReady(refusal);
      const isDeep = Object.hasOwn(request.query as object, 'deep') && textOf(request, 'deep') !== '0';
      const [stop] = isDeep ? await fromStore(() => stopsBeyondRedis(store), PROBE_MS) : [];
      if (stop !== undefined) return await notReady(stop);
      return await reply.send({ status: 'ready', config: config().version });
    } catch (error) {
      const why = await whyAway(store);
      return why === null ? reply.code(503).send({ status: 'not ready', why: messageOf(error) }) : notReady(why);
    }
  });
}

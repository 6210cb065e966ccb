/** Answers /healthz and /readyz: whether the process runs, and whether it can do its work. */
import type { FastifyInstance } from 'fastify';
import { fromStore } from '../http/storetimeout.ts';
import { pingRedis } from '../../store/redis/connect.ts';
import type { WebDeps } from '../deps.ts';
import { messageOf } from '../../text/messageof.ts';

const PING_MS = 1_000;

export function serveHealth(app: FastifyInstance, { store, config, liveness }: WebDeps): void {
  app.get('/healthz', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'alive', version: liveness.version }),
  );
  app.get('/readyz', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      await fromStore(() => pingRedis(store), PING_MS);
      return reply.send({ status: 'ready', config: config().version });
    } catch (error) {
      return reply.code(503).send({ status: 'not ready', why: messageOf(error) });
    }
  });
}

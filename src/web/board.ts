/** Mounts the job dashboard, bull-board, under its own content policy and without its outside fonts. */
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyInstance } from 'fastify';
import { BOARD_SCRIPT } from './assets.ts';
import { fromStore } from './boundary.ts';
import type { WebDeps } from './deps.ts';

export const BOARD_PATH = '/admin/queues';

// Its styles are written by script and its page carries one inline; its scripts are files.
const BOARD_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

const PING_MS = 1_000;

export function mountBoard(app: FastifyInstance, { queues, store }: Pick<WebDeps, 'queues' | 'store'>): void {
  const serverAdapter = new FastifyAdapter();
  serverAdapter.setBasePath(BOARD_PATH);
  createBullBoard({
    queues: Object.values(queues).map((queue) => new BullMQAdapter(queue)),
    serverAdapter,
    options: { uiConfig: { boardTitle: 'deltawire', miscLinks: [{ text: 'status', url: '/status' }] } },
  });
  app.register(
    async (board) => {
      board.addHook('onRequest', async (request, reply) => {
        reply.header('content-security-policy', BOARD_POLICY);
        if (!request.url.startsWith(`${BOARD_PATH}/api/`)) return undefined;
        // A queue's connection may wait for Redis without end; the dashboard's requests must not.
        const away = await fromStore(() => store.redis.ping(), PING_MS).then(() => null, toError);
        return away === null ? undefined : reply.code(503).send({ error: away.message });
      });
      board.addHook('onSend', async (_request, reply, payload) =>
        typeof payload === 'string' && String(reply.getHeader('content-type')).startsWith('text/html')
          ? payload
              .replaceAll(/<link href="https:\/\/fonts\.googleapis\.com[^>]*>/g, '')
              .replace('</head>', `<script src="${BOARD_SCRIPT.path}" defer></script></head>`)
          : payload,
      );
      await board.register(serverAdapter.registerPlugin());
    },
    { prefix: BOARD_PATH },
  );
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Mounts the job dashboard, bull-board, under its own content policy and without its outside fonts. */
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyInstance } from 'fastify';
import { BOARD_SCRIPT, BOARD_STYLESHEET } from '../ui/assets.ts';
import { linkJob, nameJob, QUEUE_TITLES, showData } from './boardjobs.ts';
import { isSafe } from '../http/access.ts';
import { mountPath } from '../http/mountpath.ts';
import { fromStore } from '../http/storetimeout.ts';
import { pingRedis } from '../../store/redis/connect.ts';
import { contextOf } from '../pagecontext.ts';
import type { WebDeps } from '../deps.ts';
import { QUEUE_NAMES, type QueueName } from '../../jobs/queues.ts';

const BOARD_PATH = '/admin/queues';

// Its styles are written by script and its page carries one inline; its scripts are files.
const BOARD_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

const PING_MS = 1_000;
/** Stands in the page for the reader's language. */
const LANGUAGE_MARK = 'reader';
const API = `${BOARD_PATH}/api/`;
/**
 * What the dashboard may change, by method and by the route that was matched, however its path was spelt. What writes the
 * data of jobs is not among it: jobs are shown shortened, so that what came back is not what they need.
 */
const MAY_CHANGE: ReadonlySet<string> = new Set(
  [
    ...['pause', 'resume'].map((end) => `PUT queues/${end}`),
    ...['pause', 'resume', 'promote', 'empty', 'obliterate', 'concurrency', 'rate-limit', 'rate-limit/release'].map(
      (end) => `PUT queues/:queueName/${end}`,
    ),
    ...['retry', 'clean'].map((what) => `PUT queues/:queueName/${what}/:queueStatus`),
    ...['retry', 'clean', 'promote', 'remove-unprocessed-children'].map((end) => `PUT queues/:queueName/:jobId/${end}`),
    ...['priority', 'delay'].map((end) => `PATCH queues/:queueName/:jobId/${end}`),
  ].map((line) => line.replace(' ', ` ${API}`)),
);

export function mountBoard(app: FastifyInstance, deps: Pick<WebDeps, 'queues' | 'store' | 'config' | 'now'>): void {
  const { store } = deps;
  const serverAdapter = new FastifyAdapter();
  serverAdapter.setBasePath(BOARD_PATH);
  createBullBoard({
    queues: QUEUE_NAMES.map((name) => showQueue(name, deps)),
    serverAdapter,
    options: {
      uiConfig: {
        boardTitle: 'deltawire',
        miscLinks: [{ text: '状态 status', url: '/status' }],
        hideDocsLink: true,
        locale: { lng: LANGUAGE_MARK },
      },
    },
  });
  app.register(
    async (board) => {
      board.addHook('onRequest', async (request, reply) => {
        reply.header('content-security-policy', BOARD_POLICY);
        const route = request.routeOptions.url ?? '';
        if (!isSafe(request) && !MAY_CHANGE.has(`${request.method} ${route}`))
          return reply
            .code(403)
            .send({ error: 'the data of jobs is not changed here: retry the job, or poll its source' });
        if (!route.startsWith(API)) return undefined;
        // A queue's connection may wait for Redis without end; the dashboard's requests must not.
        const away = await fromStore(() => pingRedis(store), PING_MS).then(() => null, toError);
        return away === null ? undefined : reply.code(503).send({ error: away.message });
      });
      board.addHook('onSend', async (request, reply, payload) => {
        if (typeof payload !== 'string' || !String(reply.getHeader('content-type')).startsWith('text/html'))
          return payload;
        const { language } = contextOf(request, deps);
        const mount = mountPath(deps.config().settings.server);
        return payload
          .replace('"url":"/status"', `"url":"${mount}/status"`)
          .replaceAll(/<link href="https:\/\/fonts\.googleapis\.com[^>]*>/g, '')
          .replace('<html lang="en"', `<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}"`)
          .replace(`"lng":"${LANGUAGE_MARK}"`, `"lng":"${language === 'zh' ? 'zh-CN' : 'en-GB'}"`)
          .replace(
            '</head>',
            `<link rel="stylesheet" href="${mount}${BOARD_STYLESHEET.path}"><script src="${mount}${BOARD_SCRIPT.path}" defer></script></head>`,
          );
      });
      await board.register(serverAdapter.registerPlugin());
    },
    { prefix: BOARD_PATH },
  );
}

function showQueue(name: QueueName, { queues, config }: Pick<WebDeps, 'queues' | 'config'>): BullMQAdapter {
  const { title, about } = QUEUE_TITLES[name];
  const adapter = new BullMQAdapter(queues[name], {
    displayName: title,
    description: about,
    externalJobUrl: ({ data }) => linkJob(data, mountPath(config().settings.server)),
  });
  const nameOf = (id: string) => config().sources.find((source) => source.id === id)?.name ?? id;
  adapter.setFormatter('name', (job: { readonly data: unknown }) => nameJob(name, job.data, nameOf));
  adapter.setFormatter('data', (data: unknown) => showData(name, data));
  return adapter;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

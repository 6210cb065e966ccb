/** Answers a source's page and what one may do there: poll, pause, resume, try. */
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readFollowing } from '../../store/websub/followings.ts';
import { queryLedger } from '../../store/ledger/ledger.ts';
import { fromStore } from '../http/storetimeout.ts';
import { fieldsOf, sendSaving } from '../config/route.ts';
import { contextOf, sendPage, textOf, wantsPage } from '../context.ts';
import type { Saving, Trial, WebDeps } from '../deps.ts';
import { answer } from '../http/errors.ts';
import { quote } from '../feeds/query.ts';
import { renderSource } from './page.tsx';
import type { SourceStatus } from '../status/gather.ts';

const ENTRIES = 20;
/** Readings of the sources' states are shared for half a second. */
const SHARED_MS = 600;
/** A changed file is in force within two seconds; the page that follows should show it. */
const IN_FORCE_MS = 2_500;
const LOOK_MS = 50;

export function serveSources(
  app: FastifyInstance,
  deps: WebDeps,
  readOne: (id: string) => Promise<SourceStatus | null>,
): void {
  app.get('/status/source', (request, reply) => page(request, reply, textOf(request, 'id'), null));

  async function page(request: FastifyRequest, reply: FastifyReply, id: string, trial: Trial | null) {
    const context = contextOf(request, deps.now());
    const row = await readOne(id);
    if (row === null)
      return answer(request, reply, deps, {
        status: 404,
        title: 'notFound',
        text: context.say('noSuchSource', { id }),
      });
    const [entries, following, block] = await Promise.all([
      fromStore(() => queryLedger(deps.store, { source: id, limit: ENTRIES })),
      fromStore(() => readFollowing(deps.store, id)),
      deps.desk.sourceBlock(id).catch(() => null),
    ]);
    const mayEdit = deps.config().settings.server.admin !== null;
    return sendPage(
      reply,
      context,
      renderSource(context, { row, entries: entries.rows, block, trial, following, mayEdit }),
    );
  }

  app.post('/api/pause', (request, reply) => setEnabled(request, reply, false));
  app.post('/api/resume', (request, reply) => setEnabled(request, reply, true));

  async function setEnabled(request: FastifyRequest, reply: FastifyReply, enabled: boolean): Promise<FastifyReply> {
    const id = idOf(request);
    const { say } = contextOf(request, deps.now());
    const known = deps.config().sources.some((source) => source.id === id);
    if (!known) return refuse(request, reply, 404, `there is no source ${quote(id)}`);
    if (deps.config().settings.server.admin === null) return refuse(request, reply, 403, say('needsPassword'));
    const saving = await deps.desk.setEnabled(id, enabled);
    deps.log.info({ source: id, enabled, saved: saving.ok, from: request.ip }, 'source paused or resumed');
    if (saving.ok) await untilInForce(id, enabled);
    if (!wantsPage(request)) return sendSaving(reply, saving);
    if (saving.ok) return reply.redirect(`/status/source?id=${encodeURIComponent(id)}`, 303);
    return answer(request, reply, deps, { status: 409, title: 'failed', text: tell(saving, say) });
  }

  async function untilInForce(id: string, enabled: boolean): Promise<void> {
    for (let waited = 0; waited < IN_FORCE_MS; waited += LOOK_MS) {
      if (deps.config().sources.find((source) => source.id === id)?.enabled === enabled) {
        await wait(SHARED_MS);
        return;
      }
      await wait(LOOK_MS);
    }
  }

  app.post('/api/try', async (request, reply) => {
    const id = idOf(request);
    const trial = await deps.desk.trySource(id);
    if (trial === null) return refuse(request, reply, 404, `there is no source ${quote(id)}`);
    if ('busy' in trial)
      return refuse(request, reply, 409, contextOf(request, deps.now()).say('tryBusy', { id: trial.busy }));
    return wantsPage(request) ? page(request, reply, id, trial) : reply.send(trial);
  });

  function refuse(request: FastifyRequest, reply: FastifyReply, status: number, error: string): FastifyReply {
    if (wantsPage(request)) return answer(request, reply, deps, { status, title: 'failed', text: error });
    return reply.code(status).send({ error });
  }
}

function idOf(request: FastifyRequest): string {
  return textOf(request, 'source') || (fieldsOf(request)['source'] ?? '');
}

function tell(saving: Saving & { readonly ok: false }, say: ReturnType<typeof contextOf>['say']): string {
  switch (saving.reason) {
    case 'faults':
      return saving.faults.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n');
    case 'failed':
      return say('saveFailed', { message: saving.message });
    case 'changed':
    case 'byHand':
      break;
  }
  return say(saving.reason === 'changed' ? 'changedMeanwhile' : 'byHand');
}

/** Answers a source's page and what one may do there: pause, resume, try. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readFollowing } from '../../store/websub/followings.ts';
import { queryLedger } from '../../store/ledger/ledger.ts';
import { sendSaving, tellUnsaved } from '../config/saving.ts';
import { contextOf, sendPage, wantsPage } from '../pagecontext.ts';
import type { Trial, WebDeps } from '../deps.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { editLock } from '../http/editlock.ts';
import { answer } from '../http/errors.ts';
import { givenOf, textOf } from '../http/formfields.ts';
import { legible } from '../http/legible.ts';
import { fromStore } from '../http/storetimeout.ts';
import { href } from '../ui/layout.tsx';
import { renderSource } from './page.tsx';
import { readAsides } from '../status/asides.ts';
import type { Phrase } from '../ui/words/site.ts';
import { findRenamed, idsOf } from '../../sources/configured.ts';
import { untilInForce } from './settledconfig.ts';
import type { SourceReader } from './status.ts';

const ENTRIES = 20;
/** What the address that a form led to says was done. */
const DONE: ReadonlyMap<string, Phrase> = new Map([
  ['added', 'didAdd'],
  ['edited', 'didEdit'],
]);

export function serveSources(app: FastifyInstance, deps: WebDeps, sources: SourceReader): void {
  app.get('/status/source', (request, reply) => page(request, reply, textOf(request, 'id'), null));
  app.post('/api/pause', (request, reply) => setEnabled(request, reply, false));
  app.post('/api/resume', (request, reply) => setEnabled(request, reply, true));
  app.post('/api/try', async (request, reply) => {
    const id = givenOf(request, 'source');
    const trial = await deps.desk.trySource(id);
    if (trial === null) return refuse(request, reply, 404, reason('request.no-source', { source: legible(id) }));
    if ('busy' in trial)
      return refuse(request, reply, 409, contextOf(request, deps).say('tryBusy', { id: trial.busy }));
    return wantsPage(request) ? page(request, reply, id, trial) : reply.send(trial);
  });

  async function page(request: FastifyRequest, reply: FastifyReply, id: string, trial: Trial | null) {
    const context = contextOf(request, deps);
    const row = await sources.one(id);
    const renamed = row === null ? findRenamed(deps.config(), id) : undefined;
    if (renamed !== undefined) return reply.redirect(href('/status/source', { id: renamed.id }), 302);
    if (row === null) {
      const text = context.say('noSuchSource', { id });
      return answer(request, reply, deps, { status: 404, title: 'notFound', text });
    }
    const [entries, following, asides, block, lock] = await Promise.all([
      fromStore(() => queryLedger(deps.store, { sources: idsOf(deps.config(), id), limit: ENTRIES })),
      fromStore(() => readFollowing(deps.store, id)),
      fromStore(() => readAsides(deps.store, deps.now(), id)),
      deps.desk.sourceBlock(id).catch(() => null),
      editLock(deps),
    ]);
    const aside = asides.get(id) ?? null;
    const editions = new Map(deps.config().editions.map((edition) => [edition.id, edition.title]));
    const done = DONE.get(textOf(request, 'done', 10)) ?? null;
    const view = { row, entries: entries.rows, block, trial, following, aside, lock, editions, done };
    return sendPage(reply, context, renderSource(context, view));
  }

  async function setEnabled(request: FastifyRequest, reply: FastifyReply, enabled: boolean): Promise<FastifyReply> {
    const id = givenOf(request, 'source');
    const context = contextOf(request, deps);
    const known = deps.config().sources.some((source) => source.id === id);
    if (!known) return refuse(request, reply, 404, reason('request.no-source', { source: legible(id) }));
    const lock = await editLock(deps);
    if (lock !== null) return refuse(request, reply, 403, lock);
    const saving = await deps.desk.setEnabled([id], enabled);
    deps.log.info({ source: id, enabled, saved: saving.ok, from: request.ip }, 'source paused or resumed');
    if (saving.ok)
      await untilInForce(deps, (config) => config.sources.find((source) => source.id === id)?.enabled === enabled);
    if (!wantsPage(request)) return sendSaving(request, reply, saving);
    if (saving.ok) return reply.redirect(href('/status/source', { id }), 303);
    return refuse(request, reply, 409, tellUnsaved(saving, context));
  }

  function refuse(request: FastifyRequest, reply: FastifyReply, status: number, text: string | Reason): FastifyReply {
    return answer(request, reply, deps, { status, title: 'failed', text });
  }
}

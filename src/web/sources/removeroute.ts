/** Removes sources, and their entries where that is asked for. */
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { reason } from '../../reasons/catalogue.ts';
import { messageOf } from '../../text/messageof.ts';
import { sendSaving, tellUnsaved } from '../config/saving.ts';
import type { WebDeps } from '../deps.ts';
import { editLock } from '../http/editlock.ts';
import { answer } from '../http/errors.ts';
import { fieldsOf } from '../http/formfields.ts';
import { contextOf, wantsPage } from '../pagecontext.ts';
import { untilInForce } from '../source/settledconfig.ts';
import { href } from '../ui/layout.tsx';
import { MAX_FORM_BYTES, namedBy } from './chosen.ts';

/** A person sees the entries gone on the page that follows, unless they are many. */
const WAIT_MS = 3_000;

export function serveRemoval(app: FastifyInstance, deps: WebDeps): void {
  app.post('/sources/remove', { bodyLimit: MAX_FORM_BYTES }, async (request, reply) => {
    const fields = fieldsOf(request);
    const lock = await editLock(deps);
    if (lock !== null) return answer(request, reply, deps, { status: 403, title: 'failed', text: lock });
    const entries = fields['entries'];
    const ids = namedBy(fields, 's:').filter((id) => deps.config().sources.some((source) => source.id === id));
    if (ids.length === 0 || (entries !== 'keep' && entries !== 'out')) {
      const text = reason('request.malformed', { said: 'no source, or nothing said of its entries' });
      return answer(request, reply, deps, { status: 400, title: 'failed', text });
    }
    const saving = await deps.desk.removeSources(ids);
    deps.log.info({ sources: ids, entries, saved: saving.ok, from: request.ip }, 'sources removed');
    if (!saving.ok) {
      if (!wantsPage(request)) return sendSaving(request, reply, saving);
      const text = tellUnsaved(saving, contextOf(request, deps));
      return answer(request, reply, deps, { status: 409, title: 'failed', text });
    }
    const left = saving.left ?? [];
    const gone = ids.filter((id) => !left.includes(id));
    await untilInForce(deps, ({ sources }) => !sources.some(({ id }) => gone.includes(id)));
    if (entries === 'out') await takeOut(gone);
    if (!wantsPage(request)) return sendSaving(request, reply, saving);
    return reply.redirect(href('/sources', { done: 'remove', n: gone.length, left: left.length }), 303);
  });

  /** Goes on after the answer where there is much to take out. */
  async function takeOut(ids: readonly string[]): Promise<void> {
    const taking = deps.desk.takeOutEntries(ids).then(
      (removed) => deps.log.info({ sources: ids, removed }, 'entries of removed sources taken out'),
      (error: unknown) =>
        deps.log.error({ sources: ids, error: messageOf(error) }, 'entries are taken out within the hour'),
    );
    await Promise.race([taking, wait(WAIT_MS)]);
  }
}

/** Imports a list of subscriptions from a file, and gives the sources as one. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { renderSourceList } from '../../publish/sourceslist.ts';
import { reason } from '../../reasons/catalogue.ts';
import { tellUnsaved } from '../config/saving.ts';
import type { WebDeps } from '../deps.ts';
import { editLock } from '../http/editlock.ts';
import { answer } from '../http/errors.ts';
import { contextOf, sendPage } from '../pagecontext.ts';
import { untilInForce } from '../source/settledconfig.ts';
import { renderImported } from './importpage.tsx';

/** Some ten thousand subscriptions. */
const MAX_LIST_BYTES = 4 * 1024 * 1024;

export function serveSourceOpml(desk: FastifyInstance, deps: WebDeps): void {
  desk.get('/sources/opml', (_request, reply) =>
    reply
      .type('text/x-opml; charset=utf-8')
      .header('content-disposition', 'attachment; filename="deltawire-sources.opml"')
      .send(renderSourceList(deps.config().sources)),
  );

  // No other form of the desk takes a file.
  desk.register(async (app) => {
    app.addContentTypeParser(
      'multipart/form-data',
      { parseAs: 'buffer' },
      async (request: FastifyRequest, body: Buffer) => {
        const type = request.headers['content-type'] ?? '';
        const form = new Response(new Uint8Array(body), { headers: { 'content-type': type } });
        return form.formData().catch((error: Error) => {
          throw Object.assign(error, { statusCode: 400 });
        });
      },
    );

    app.post('/sources/opml', { bodyLimit: MAX_LIST_BYTES }, async (request, reply) => {
      const context = contextOf(request, deps);
      const lock = await editLock(deps);
      if (lock !== null) return answer(request, reply, deps, { status: 403, title: 'failed', text: lock });
      const list = request.body instanceof FormData ? request.body.get('list') : null;
      const bytes = list instanceof Blob ? new Uint8Array(await list.arrayBuffer()) : null;
      const imported = bytes === null ? null : await deps.desk.importList(bytes);
      if (imported === null)
        return answer(request, reply, deps, { status: 422, title: 'failed', text: reason('feed.list.none') });
      const { saving, added, known, refused } = imported;
      const counts = { added: added.length, known: known.length, refused: refused.length };
      deps.log.info({ ...counts, saved: saving?.ok, from: request.ip }, 'a list of subscriptions imported');
      if (saving?.ok === false)
        return answer(request, reply, deps, { status: 422, title: 'failed', text: tellUnsaved(saving, context) });
      const ids = new Set(added.map(({ id }) => id));
      if (ids.size > 0)
        await untilInForce(deps, ({ sources }) => sources.filter(({ id }) => ids.has(id)).length === ids.size);
      return sendPage(reply, context, renderImported(context, imported));
    });
  });
}

/** Answers the page of one entry. */
import type { FastifyInstance } from 'fastify';
import { contextOf, sendPage } from '../pagecontext.ts';
import { textOf } from '../http/formfields.ts';
import type { WebDeps } from '../deps.ts';
import { renderEntry } from './page.tsx';
import { readEntryView } from './view.ts';
import { answer } from '../http/errors.ts';

export function serveEntries(app: FastifyInstance, deps: WebDeps): void {
  app.get('/ledger/entry', async (request, reply) => {
    const context = contextOf(request, deps);
    const view = await readEntryView(deps, textOf(request, 'id', 200));
    if (view === null)
      return answer(request, reply, deps, { status: 404, title: 'notFound', text: context.say('noSuchEntry') });
    return sendPage(reply, context, renderEntry(context, view));
  });
}

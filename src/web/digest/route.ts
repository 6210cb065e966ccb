/** Answers the page of a digest. */
import type { FastifyInstance } from 'fastify';
import type { WebDeps } from '../deps.ts';
import { readCurrentDigests } from '../feeds/digestpage.ts';
import { answer } from '../http/errors.ts';
import { fromStore } from '../http/storetimeout.ts';
import { contextOf, sendPage } from '../pagecontext.ts';
import { renderDigestPage } from './page.tsx';

export function serveDigests(app: FastifyInstance, deps: WebDeps): void {
  app.get('/digests/:edition/:day', async (request, reply) => {
    const { edition: id, day } = request.params as { edition: string; day: string };
    const context = contextOf(request, deps);
    const edition = deps.config().editions.find((one) => one.id === id && one.digest !== null);
    const digests = edition === undefined ? [] : await fromStore(() => readCurrentDigests(deps.store, id));
    const digest = digests.find((one) => one.day === day);
    if (edition === undefined || digest === undefined)
      return answer(request, reply, deps, { status: 404, title: 'notFound', text: context.say('noSuchDigest') });
    return sendPage(reply, context, renderDigestPage(context, edition, digest));
  });
}

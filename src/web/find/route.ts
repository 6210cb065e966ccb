/** Answers /find: places, editions, sources and stories for a few words, as a page or, for the search by Ctrl-K, as JSON. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findSession } from '../auth/opensession.ts';
import type { WebDeps } from '../deps.ts';
import { closedBecause } from '../http/access.ts';
import { textOf } from '../http/formfields.ts';
import { contextOf, sendPage, wantsJson } from '../pagecontext.ts';
import { findAnswers } from './answers.ts';
import { renderFound } from './page.tsx';

const MOST_CHARACTERS = 100;

export function serveFind(app: FastifyInstance, deps: WebDeps): void {
  app.get('/find', async (request, reply) => {
    const context = contextOf(request, deps);
    const q = textOf(request, 'q', MOST_CHARACTERS);
    // Asked with every letter that is typed, the JSON leaves the ledger out.
    const isPage = !wantsJson(request);
    const groups = await findAnswers(deps, context, { q, mayList: await mayList(request), withLedger: isPage });
    reply.header('vary', 'Accept');
    if (isPage) return sendPage(reply, context, renderFound(context, q, groups));
    return reply
      .header('cache-control', 'private, no-cache')
      .send({ groups: groups.map(({ kind, title, answers }) => ({ kind, title: context.say(title), answers })) });
  });

  /** Names of sources are the desk's: a cookie that only looks like a session's does not do. */
  async function mayList(request: FastifyRequest): Promise<boolean> {
    const { server } = deps.config().settings;
    if (server.admin === null) return closedBecause(server, request.headers) === null;
    return (await findSession(deps, request)) !== null;
  }
}

/** Lets only the operator into the desk, by session or Basic login, and tells others how to log in. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { closedBecause, closedToAll, isSafe, senderOf } from '../http/access.ts';
import { contextOf, wantsPage } from '../pagecontext.ts';
import type { WebDeps } from '../deps.ts';
import { answer } from '../http/errors.ts';
import { LOGIN_PATH } from './page.tsx';
import { type CheckLogin, readBasic } from './basic.ts';
import { findSession } from './opensession.ts';
import type { Phrase } from '../ui/words/site.ts';

/** Guards every route of this instance: by route and not by path, so that no spelling of a path gets around it. */
export function guardDesk(desk: FastifyInstance, deps: WebDeps, checkLogin: CheckLogin): void {
  desk.addHook('onListen', (done) => {
    const { server } = deps.config().settings;
    if (server.admin === null && closedToAll(server) !== null)
      deps.log.warn(
        'the desk (/status, /sources, /ledger, /config, /admin, /metrics) stays closed: set DELTAWIRE_ADMIN',
      );
    done();
  });
  desk.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { server } = deps.config().settings;
    if (server.admin === null) {
      const closed = closedBecause(server, request.headers);
      return closed === null ? undefined : refuse(request, reply, 403, closed);
    }
    if ((await findSession(deps, request)) !== null)
      // Lax cookies are not sent with a POST from another site; a request that does not say where it came from is refused too.
      return isSafe(request) || senderOf(server, request.headers) === 'ours'
        ? undefined
        : refuse(request, reply, 403, 'senderUnsaid');
    const given = readBasic(request.headers.authorization);
    if (given === null) return challenge(request, reply);
    const verdict = await checkLogin(request.ip, given);
    if (verdict.kind === 'right') return undefined;
    if (verdict.kind === 'wrong') return challenge(request, reply);
    reply.header('retry-after', String(Math.ceil(verdict.ms / 1_000)));
    return refuse(request, reply, 429, 'tooManyGuesses');
  });

  function challenge(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (wantsPage(request) && request.headers.authorization === undefined) {
      const next = isSafe(request) ? request.url : '/status';
      return reply.redirect(`${LOGIN_PATH}?next=${encodeURIComponent(next)}`, 303);
    }
    // Where a page's script finds the session ended, the browser must not ask for a password.
    const byScript = request.headers['sec-fetch-dest'] === 'empty';
    reply.header(
      'www-authenticate',
      byScript ? 'Cookie realm="deltawire"' : 'Basic realm="deltawire", charset="UTF-8"',
    );
    return refuse(request, reply, 401, 'whoAreYou');
  }

  function refuse(request: FastifyRequest, reply: FastifyReply, status: number, why: Phrase): FastifyReply {
    const { say } = contextOf(request, deps);
    return answer(request, reply, deps, { status, title: 'refused', text: say(why) });
  }
}

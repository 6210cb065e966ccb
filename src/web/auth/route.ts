/** Answers the login page: opens and ends sessions. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { closeSession, openSession } from '../../store/auth/sessions.ts';
import { fromStore } from '../http/storetimeout.ts';
import { fieldsOf, textOf } from '../http/formfields.ts';
import { contextOf, sendPage } from '../pagecontext.ts';
import type { WebDeps } from '../deps.ts';
import { findSession } from './opensession.ts';
import { LOGIN_PATH, type LoginView, renderLogin } from './page.tsx';
import { type CheckLogin, loginInForce } from './basic.ts';
import { setSessionCookie, tokensOf } from './cookie.ts';

const LONGEST_NEXT = 1_000;

export function serveLogin(app: FastifyInstance, deps: WebDeps, checkLogin: CheckLogin): void {
  const server = () => deps.config().settings.server;

  app.get(LOGIN_PATH, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const next = ownPath(textOf(request, 'next', LONGEST_NEXT));
    if (server().admin === null || (await findSession(deps, request)) !== null) return reply.redirect(next, 303);
    return send(request, reply, { next, user: '', fault: null });
  });

  app.post(LOGIN_PATH, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { user = '', password = '', next: asked = '' } = fieldsOf(request);
    const next = ownPath(asked);
    const login = loginInForce(deps);
    if (login === null) return reply.redirect(next, 303);
    const verdict = await checkLogin(request.ip, { user, password });
    if (verdict.kind === 'wait') {
      const seconds = Math.ceil(verdict.ms / 1_000);
      reply.code(429).header('retry-after', String(seconds));
      return send(request, reply, { next, user, fault: 'tooManyGuesses' });
    }
    // 403 and not 401: that asks the browser for a Basic login (RFC 9110 §15.5.2, §15.5.4).
    if (verdict.kind === 'wrong') return send(request, reply.code(403), { next, user, fault: 'wrongPassword' });
    const token = await fromStore(async () => {
      // The token is always a new one, and what the browser brought is over: a planted session gains nothing.
      await Promise.all(tokensOf(server(), request).map((old) => closeSession(deps.store, old)));
      return openSession(deps.store, login, deps.now());
    });
    setSessionCookie(server(), request, reply, token);
    deps.log.info({ from: request.ip }, 'logged in');
    return reply.redirect(next, 303);
  });

  app.post('/logout', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    await fromStore(() => Promise.all(tokensOf(server(), request).map((token) => closeSession(deps.store, token))));
    setSessionCookie(server(), request, reply, null);
    return reply.redirect('/', 303);
  });

  function send(request: FastifyRequest, reply: FastifyReply, view: LoginView): FastifyReply {
    const context = contextOf(request, deps);
    return sendPage(reply, context, renderLogin(context, view));
  }
}

/** The path and query of an address on this server; `/status` for anything that leads, or might lead, elsewhere. */
function ownPath(address: string): string {
  const here = 'http://deltawire.invalid';
  if (!/^\/(?![/\\])[\u0021-\u007e]*$/.test(address) || !URL.canParse(address, here)) return '/status';
  const { origin, pathname, search } = new URL(address, here);
  return origin === here && !pathname.startsWith('//') && pathname !== LOGIN_PATH ? pathname + search : '/status';
}

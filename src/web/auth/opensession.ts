/** Finds the open session that a request belongs to. */
import type { FastifyRequest } from 'fastify';
import { isOpenSession } from '../../store/auth/sessions.ts';
import type { WebDeps } from '../deps.ts';
import { fromStore } from '../http/storetimeout.ts';
import { loginInForce } from './basic.ts';
import { tokensOf } from './cookie.ts';

/** The token of the request's open session; null where it has none. */
export async function findSession(deps: WebDeps, request: FastifyRequest): Promise<string | null> {
  const login = loginInForce(deps);
  if (login === null) return null;
  for (const token of tokensOf(deps.config().settings.server, request))
    if (await fromStore(() => isOpenSession(deps.store, token, login, deps.now()))) return token;
  return null;
}

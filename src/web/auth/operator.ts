/** Tells whether who asks a public address may see the desk: only they are told what the system said of an outage. */
import type { FastifyRequest } from 'fastify';
import type { WebDeps } from '../deps.ts';
import { closedBecause } from '../http/access.ts';
import { type CheckLogin, readBasic } from './basic.ts';
import { findSession } from './opensession.ts';

/** Never rejects: who cannot be known, as without the store, counts as a stranger. */
export type IsOperator = (request: FastifyRequest) => Promise<boolean>;

export function operatorCheck(deps: WebDeps, checkLogin: CheckLogin): IsOperator {
  return async (request) => {
    const { server } = deps.config().settings;
    if (server.admin === null) return closedBecause(server, request.headers) === null;
    const given = readBasic(request.headers.authorization);
    try {
      if (given !== null) return (await checkLogin(request.ip, given)).kind === 'right';
      return (await findSession(deps, request)) !== null;
    } catch {
      return false;
    }
  };
}

/** Answers /status and /api/status: how the daemon and its sources are. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { reason } from '../../reasons/catalogue.ts';
import { answer } from '../http/errors.ts';
import { contextOf, sendPage } from '../pagecontext.ts';
import type { WebDeps } from '../deps.ts';
import { comesByProxy, mayEdit } from '../http/access.ts';
import type { BaseOf } from '../http/baseurl.ts';
import { textOf } from '../http/formfields.ts';
import { legible } from '../http/legible.ts';
import { sourceJson } from '../source/json.ts';
import type { SourceReader } from '../source/status.ts';
import type { Status } from './gather.ts';
import { statusBytes } from './json.ts';
import { href } from '../ui/layout.tsx';
import { renderStatus } from './page.tsx';
import { SPANS } from './coveragepanel.tsx';

export function serveStatus(
  app: FastifyInstance,
  deps: WebDeps,
  readStatus: () => Promise<Status>,
  sources: SourceReader,
  baseOf: BaseOf,
): void {
  const { liveness } = deps;

  app.get('/status', async (request, reply) => {
    const context = contextOf(request, deps);
    // The list of sources stood here once.
    const [state, q] = [textOf(request, 'state', 20), textOf(request, 'name', 100)];
    if (state !== '' || q !== '') return reply.redirect(href('/sources', { state, q }), 302);
    const selfLinks = unsettledBase(deps, request, baseOf);
    const span = SPANS.find((one) => one === textOf(request, 'span')) ?? 'day';
    const view = { status: await readStatus(), liveness, span, selfLinks };
    return sendPage(reply, context, renderStatus(context, { ...view, mayEdit: mayEdit(deps.config()) }));
  });

  app.get('/api/status', async (request, reply) => {
    const id = textOf(request, 'source');
    if (id === '') return reply.type('application/json; charset=utf-8').send(statusBytes(await readStatus(), liveness));
    const row = await sources.one(id);
    if (row !== null) return reply.send(sourceJson(row));
    const text = reason('request.no-source', { source: legible(id) });
    return answer(request, reply, deps, { status: 404, title: 'notFound', text });
  });
}

/** The address that feeds give as their own to whoever asks this way, where it is not configured and may be no reader's; else null. */
function unsettledBase({ config }: WebDeps, request: FastifyRequest, baseOf: BaseOf): string | null {
  const { server } = config().settings;
  const isProxied = server.behindProxy || server.trustedProxies.length > 0 || comesByProxy(request.headers);
  return server.baseUrl === null && isProxied ? baseOf(request).url : null;
}

/** Answers /api/poll: has one source polled now, or all that are enabled. */
import type { FastifyInstance } from 'fastify';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { wantsPage } from '../pagecontext.ts';
import type { WebDeps } from '../deps.ts';
import { answer } from '../http/errors.ts';
import { givenOf } from '../http/formfields.ts';
import { legible } from '../http/legible.ts';
import { fromStore } from '../http/storetimeout.ts';
import { href } from '../ui/layout.tsx';

export function servePolling(app: FastifyInstance, deps: WebDeps): void {
  app.post('/api/poll', async (request, reply) => {
    const id = givenOf(request, 'source');
    const { sources } = deps.config();
    const chosen = sources.filter((source) => (id === '' ? source.enabled : source.id === id));
    const [first] = chosen;
    const refuse = (status: number, text: Reason) => answer(request, reply, deps, { status, title: 'failed', text });
    if (id !== '' && first === undefined) return refuse(404, reason('request.no-source', { source: legible(id) }));
    if (id !== '' && first?.enabled === false)
      return refuse(409, reason('request.source-paused', { source: legible(id), ...first.at }));
    const jobs = await fromStore(() => deps.pollNow(chosen.map((source) => source.id)));
    // A form's sender goes back to where it came from, by GET.
    if (wantsPage(request)) return reply.redirect(id === '' ? '/status' : href('/status/source', { id }), 303);
    return reply.code(202).send({ jobs });
  });
}

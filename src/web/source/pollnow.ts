/** Answers /api/poll: has one source polled now, or all that are enabled. */
import type { FastifyInstance } from 'fastify';
import { wantsPage } from '../pagecontext.ts';
import type { WebDeps } from '../deps.ts';
import { answer } from '../http/errors.ts';
import { givenOf } from '../http/formfields.ts';
import { quote } from '../http/quote.ts';
import { fromStore } from '../http/storetimeout.ts';
import { href } from '../ui/layout.tsx';

export function servePolling(app: FastifyInstance, deps: WebDeps): void {
  app.post('/api/poll', async (request, reply) => {
    const id = givenOf(request, 'source');
    const { sources } = deps.config();
    const chosen = sources.filter((source) => (id === '' ? source.enabled : source.id === id));
    const [first] = chosen;
    const refuse = (status: number, text: string) => answer(request, reply, deps, { status, title: 'failed', text });
    if (id !== '' && first === undefined) return refuse(404, `there is no source ${quote(id)}`);
    if (id !== '' && first?.enabled === false)
      return refuse(409, `source ${quote(id)} is disabled (${first.at.file}:${first.at.line})`);
    const jobs = await fromStore(() => deps.pollNow(chosen.map((source) => source.id)));
    // A form's sender goes back to where it came from, by GET.
    if (wantsPage(request)) return reply.redirect(id === '' ? '/status' : href('/status/source', { id }), 303);
    return reply.code(202).send({ jobs });
  });
}

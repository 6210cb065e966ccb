/** Answers what an operator does to stories by hand: splits a copy off, joins another story. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ByHand } from '../../store/stories/arrange.ts';
import { fromStore } from '../http/storetimeout.ts';
import { fieldsOf } from '../config/route.ts';
import { contextOf, textOf, wantsPage } from '../context.ts';
import type { WebDeps } from '../deps.ts';
import { answer } from '../http/errors.ts';

const STATUS = { noSuchEntry: 404, noSuchStory: 404, onlyCopy: 409, sameStory: 409 } as const;

export function serveStories(app: FastifyInstance, deps: WebDeps): void {
  app.post('/api/story/split', (request, reply) =>
    act(request, reply, () => deps.desk.splitEntry(fieldOf(request, 'entry'))),
  );
  app.post('/api/story/join', (request, reply) =>
    act(request, reply, () => deps.desk.joinStories(fieldOf(request, 'into'), storyIn(fieldOf(request, 'story')))),
  );

  async function act(
    request: FastifyRequest,
    reply: FastifyReply,
    change: () => Promise<ByHand>,
  ): Promise<FastifyReply> {
    const done = await fromStore(change);
    deps.log.info({ ...done, url: request.url, from: request.ip }, 'stories arranged by hand');
    if (done.ok) {
      if (wantsPage(request)) return reply.redirect(`/stories/${encodeURIComponent(done.story)}`, 303);
      return reply.send({ story: done.story, from: done.from });
    }
    const text = contextOf(request, deps.now()).say(done.reason);
    if (wantsPage(request)) return answer(request, reply, deps, { status: STATUS[done.reason], title: 'failed', text });
    return reply.code(STATUS[done.reason]).send({ error: text });
  }
}

function fieldOf(request: FastifyRequest, name: string): string {
  return textOf(request, name) || (fieldsOf(request)[name] ?? '').trim().slice(0, 500);
}

/** A story's id, as it is or at the end of its page's address. */
function storyIn(text: string): string {
  const address = /\/stories\/([^/?#]+)/.exec(text);
  return address?.[1] === undefined ? text : address[1].replace(/\.json$/, '');
}

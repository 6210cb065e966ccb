/** Answers a story's page and its JSON, and what an operator does to stories by hand. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ByHand } from '../../store/stories/byhand.ts';
import { bringsSession } from '../auth/cookie.ts';
import { contextOf, sendPage, wantsJson, wantsPage } from '../pagecontext.ts';
import type { WebDeps } from '../deps.ts';
import { mayUseForms } from '../http/access.ts';
import type { BaseOf } from '../http/baseurl.ts';
import { answer } from '../http/errors.ts';
import { givenOf } from '../http/formfields.ts';
import { fromStore } from '../http/storetimeout.ts';
import { storyNamed } from './address.ts';
import { askJoin, askSplit } from './asked.ts';
import { storyJson } from './json.ts';
import { renderStory } from './page.tsx';
import { findStory, readStoryView, withPictures } from './view.ts';

const ARRANGED: Readonly<Record<(ByHand & { ok: false })['reason'], number>> = {
  noSuchEntry: 404,
  noSuchStory: 404,
  onlyCopy: 409,
  sameStory: 409,
  withdrawnAlready: 409,
  notWithdrawn: 409,
};
/** Characters of the ids of entries that are split off together, one blank between them. */
const MOST_ENTRIES = 8_000;
/** Operators' words that are kept with a story. */
const MOST_SAID = 300;

/** For everyone: `/stories/<id>` as a page, or as JSON by Accept or by `.json`. */
export function serveStories(app: FastifyInstance, deps: WebDeps, baseOf: BaseOf): void {
  app.get('/stories/:id', async (request, reply) => {
    const { id: given } = request.params as { id: string };
    const asked = given.replace(/\.json$/, '');
    const json = given !== asked || wantsJson(request);
    const mayArrange = mayUseForms(deps.config().settings.server, request.headers, bringsSession(request));
    const story = await fromStore(() => findStory(deps.store, asked));
    const context = contextOf(request, deps);
    reply.header('vary', 'Accept');
    if (story === null) {
      if (json) return reply.code(404).send({ error: `there is no story "${asked.slice(0, 64)}"` });
      return answer(request, reply, deps, { status: 404, title: 'notFound', text: context.say('noSuchStory') });
    }
    if (story.withdrawn !== undefined && !mayArrange) {
      if (json) return reply.code(410).send({ error: 'this story was withdrawn' });
      return answer(request, reply, deps, { status: 410, title: 'withdrawn', text: context.say('withdrawnHere') });
    }
    if (story.id !== asked)
      return reply.redirect(`/stories/${encodeURIComponent(story.id)}${given === asked ? '' : '.json'}`, 301);
    const view = await fromStore(() => readStoryView(deps, story, mayArrange));
    // Scripts and readers of the JSON get the publisher's own addresses.
    if (json) return reply.send(storyJson(view));
    const shown = withPictures(view, baseOf(request).url, deps.images?.secret ?? null);
    return sendPage(reply, context, renderStory(context, shown));
  });
}

/** For the operator: splits copies off, joins another story, withdraws the story and publishes it again. */
export function serveArranging(app: FastifyInstance, deps: WebDeps): void {
  app.post('/api/story/split', async (request, reply) => {
    const entries = givenOf(request, 'entry', MOST_ENTRIES).split(/\s+/);
    const page = await fromStore(() => askSplit(deps, request, entries));
    if (page !== null) return sendPage(reply, contextOf(request, deps), page);
    return act(request, reply, () => deps.desk.splitEntries(entries));
  });
  app.post('/api/story/join', async (request, reply) => {
    const [into, other] = [givenOf(request, 'into'), storyIn(givenOf(request, 'story'))];
    const page = await fromStore(() => askJoin(deps, request, into, other));
    if (page !== null) return sendPage(reply, contextOf(request, deps), page);
    return act(request, reply, () => deps.desk.joinStories(into, other));
  });
  app.post('/api/story/withdraw', (request, reply) => {
    const said = givenOf(request, 'reason').trim().slice(0, MOST_SAID);
    if (said === '') {
      const text = contextOf(request, deps).say('reasonMissing');
      return answer(request, reply, deps, { status: 400, title: 'failed', text });
    }
    return act(request, reply, () => deps.desk.withdrawStory(storyIn(givenOf(request, 'story')), said));
  });
  app.post('/api/story/publish', (request, reply) =>
    act(request, reply, () => deps.desk.publishAgain(storyIn(givenOf(request, 'story')))),
  );

  async function act(
    request: FastifyRequest,
    reply: FastifyReply,
    change: () => Promise<ByHand>,
  ): Promise<FastifyReply> {
    const done = await fromStore(change);
    deps.log.info({ ...done, url: request.url, from: request.ip }, 'stories arranged by hand');
    if (!done.ok) {
      const text = contextOf(request, deps).say(done.reason);
      return answer(request, reply, deps, { status: ARRANGED[done.reason], title: 'failed', text });
    }
    if (wantsPage(request)) return reply.redirect(`/stories/${encodeURIComponent(done.story)}`, 303);
    return reply.send({ story: done.story, from: done.from });
  }
}

/** A story's id, as it is or as an address names it. */
const storyIn = (text: string): string => storyNamed(text) ?? text;

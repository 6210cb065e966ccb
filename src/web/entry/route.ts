/** Answers the page of one entry: puts together what the store keeps of it and what the stages make of it today. */
import type { FastifyInstance } from 'fastify';
import { readRecurrences } from '../../store/sources/habits.ts';
import { readEntry, readStory, resolveStory } from '../../store/stories/stories.ts';
import { fromStore } from '../http/storetimeout.ts';
import { contextOf, sendPage } from '../pagecontext.ts';
import { textOf } from '../http/forms.ts';
import type { WebDeps } from '../deps.ts';
import { type EntryView, renderEntry } from './page.tsx';
import { answer } from '../http/errors.ts';

export function serveEntries(app: FastifyInstance, deps: WebDeps): void {
  app.get('/ledger/entry', async (request, reply) => {
    const context = contextOf(request, deps.now());
    const view = await fromStore(() => readView(deps, textOf(request, 'id', 200)));
    if (view === null)
      return answer(request, reply, deps, { status: 404, title: 'notFound', text: context.say('noSuchEntry') });
    return sendPage(reply, context, renderEntry(context, view));
  });
}

async function readView({ store, desk, config }: WebDeps, id: string): Promise<EntryView | null> {
  const found = id === '' ? null : await readEntry(store, id);
  if (found === null) return null;
  const { entry, raw, regions, firstSeen, ledger } = found;
  const story = await readStory(store, await resolveStory(store, found.story));
  const again = raw === null ? null : desk.review(raw, entry, await readRecurrences(store, entry.source));
  const own = story?.copies.find((copy) => copy.entry === id);
  const lead = story?.copies.find((copy) => copy.entry === story.lead);
  return {
    config: config(),
    entry,
    raw,
    cleaned: again?.cleaned ?? null,
    relevance: again?.relevance ?? [],
    regions,
    story:
      story === null
        ? null
        : { id: story.id, title: lead?.title ?? '', copies: story.copies.length, why: own?.why ?? '' },
    editions: story?.editions ?? [],
    firstSeen,
    ledger,
  };
}

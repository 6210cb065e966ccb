/** Has a person confirm that copies are to be split off or stories joined; programs, and what undoes it, are not asked. */
import type { FastifyRequest } from 'fastify';
import { readEntry, readStory } from '../../store/stories/stories.ts';
import type { WebDeps } from '../deps.ts';
import { fieldsOf } from '../http/formfields.ts';
import { contextOf, wantsPage } from '../pagecontext.ts';
import { renderJoin, renderSplit } from './askpage.tsx';
import { findStory } from './view.ts';

const isSure = (request: FastifyRequest): boolean => !wantsPage(request) || fieldsOf(request)['sure'] === '1';

/** The page that asks; null where nobody is to be asked, or where there is nothing to split. */
export async function askSplit(
  deps: WebDeps,
  request: FastifyRequest,
  entries: readonly string[],
): Promise<string | null> {
  if (isSure(request)) return null;
  const stored = await readEntry(deps.store, entries[0] ?? '');
  const story = stored === null ? null : await readStory(deps.store, stored.story);
  const copies = story?.copies.filter(({ entry }) => entries.includes(entry)) ?? [];
  if (story === null || copies.length === 0 || copies.length === story.copies.length) return null;
  return renderSplit(contextOf(request, deps), { story, copies, fields: { entry: entries.join(' ') } });
}

/** The page that asks; null where nobody is to be asked, or where the two cannot be joined. */
export async function askJoin(
  deps: WebDeps,
  request: FastifyRequest,
  into: string,
  joins: string,
): Promise<string | null> {
  if (isSure(request)) return null;
  const [story, other] = [await findStory(deps.store, into), await findStory(deps.store, joins)];
  if (story === null || other === null || story.id === other.id) return null;
  return renderJoin(contextOf(request, deps), { story, other, fields: { into: story.id, story: other.id } });
}

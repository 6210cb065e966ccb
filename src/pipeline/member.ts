/** Makes of a stored entry the member of a story that it was, where the story itself cannot be read any more. */
import type { StoredEntry } from '../model/entry.ts';
import type { SourceFacts } from '../model/source.ts';
import type { Member } from '../model/story.ts';
import { reason } from '../reasons/catalogue.ts';

/** Why it belonged to its story is not known any more, and said so. */
export function toMember(stored: StoredEntry, source: Pick<SourceFacts, 'name' | 'trust'>): Member {
  const { entry, regions, editions, firstSeen } = stored;
  return {
    entry: entry.id,
    source: entry.source,
    sourceName: source.name,
    trust: source.trust,
    title: entry.title,
    link: entry.link,
    outlet: entry.outlet,
    published: entry.published,
    firstSeen,
    script: entry.script,
    length: entry.text.length,
    why: reason('story.restored'),
    editions,
    regions: regions.map(({ code, name, level, score }) => ({ code, name, level, score })),
  };
}

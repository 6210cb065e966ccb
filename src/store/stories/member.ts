/** Makes of an entry the member of a story. */
import type { Entry } from '../../model/entry.ts';
import type { RegionHit } from '../../model/region.ts';
import type { Member } from '../../model/story.ts';

/** What a member has beside what its entry says. */
type Beside = Pick<Member, 'sourceName' | 'trust' | 'firstSeen' | 'why' | 'editions'> & {
  readonly regions: readonly RegionHit[];
};

export function memberOf(entry: Entry, { sourceName, trust, firstSeen, why, editions, regions }: Beside): Member {
  return {
    entry: entry.id,
    source: entry.source,
    sourceName,
    trust,
    title: entry.title,
    link: entry.link,
    outlet: entry.outlet,
    published: entry.published,
    firstSeen,
    script: entry.script,
    length: entry.text.length,
    why,
    editions,
    regions: regions.map(({ code, name, level, score }) => ({ code, name, level, score })),
  };
}

/** Writes a story as `/stories/<id>.json` gives it. */
import { headlineOf } from '../../store/stories/relations.ts';
import type { StoryView } from './view.ts';
import { codeOf, say } from '../../reasons/render.ts';
import { iso } from '../ui/times.ts';

/** Times are ISO 8601 in UTC; `copies` include the lead, which comes first. */
export function storyJson({ story, copies, related, in: places }: StoryView): object {
  return {
    id: story.id,
    lead: story.lead,
    editions: places.map(({ edition }) => edition),
    regions: story.regions,
    firstSeen: iso(story.firstSeen),
    updated: iso(story.updatedAt),
    related: related.map((other) => ({
      story: other.story.id,
      title: headlineOf(other.story),
      why: say(other.why, 'en'),
      whyCode: codeOf(other.why),
      found: iso(other.at),
    })),
    copies: copies.map(({ member, sourceName, entry, regions, outletPlace, ledger }) => ({
      entry: member.entry,
      lead: member.entry === story.lead,
      source: member.source,
      sourceName,
      outlet: member.outlet,
      title: member.title,
      link: member.link,
      published: iso(member.published),
      firstSeen: iso(member.firstSeen),
      script: member.script,
      why: say(member.why, 'en'),
      whyCode: codeOf(member.why),
      summary: entry?.summary ?? null,
      content: entry?.content ?? null,
      authors: entry?.authors ?? [],
      editor: entry?.editor ?? null,
      regions,
      outletPlace,
      decisions: ledger.map(({ id, at, decision, rule, reason, editions, configVersion }) => ({
        id,
        at: iso(at),
        decision,
        rule,
        reason: say(reason, 'en'),
        reasonCode: codeOf(reason),
        editions,
        configVersion,
      })),
    })),
  };
}

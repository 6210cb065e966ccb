/** Makes the digests of editions when their time of day has come, also when it came while nothing ran. */
import type { Config, DigestPlan, Edition } from '../model/config.ts';
import type { DigestLine } from '../model/digest.ts';
import type { EditionRow } from '../model/story.ts';
import { placeOf } from '../publish/digesthtml.ts';
import { chooseWeightiest, outletsOf } from '../publish/storyweight.ts';
import { hasDigest, keepDigest } from '../store/keptdigests.ts';
import type { Store } from '../store/redis/keys.ts';
import { editionBetween, readRows, readStories } from '../store/stories/stories.ts';
import { BEIJING_MS, DAY_MS, MINUTE_MS, beijingDate } from '../text/time.ts';

/** What was published longer before the day that a digest tells of is old news, however late it was read. */
const OLDEST_MS = 2 * DAY_MS;

/** The last moment, up to `now`, at which a digest was due. */
export function dueAt({ atMinute }: DigestPlan, now: number): number {
  const midnight = Math.floor((now + BEIJING_MS) / DAY_MS) * DAY_MS - BEIJING_MS;
  const today = midnight + atMinute * MINUTE_MS;
  return today <= now ? today : today - DAY_MS;
}

/** Makes each digest that is due and not there; gives the editions that have a new one. */
export async function makeDigests(store: Store, config: Config, now: number): Promise<readonly string[]> {
  const made: string[] = [];
  for (const edition of config.editions) {
    if (edition.digest === null) continue;
    const at = dueAt(edition.digest, now);
    const day = beijingDate(at);
    if (await hasDigest(store, edition.id, day)) continue;
    const lines = await gather(store, edition, edition.digest, at);
    if (lines.length > 0 && (await keepDigest(store, edition.id, { day, at, lines }))) made.push(edition.id);
  }
  return made;
}

/** The stories that were first seen within the day before `at`: each is in one day's, and none is missed. */
async function gather(store: Store, edition: Edition, plan: DigestPlan, at: number): Promise<readonly DigestLine[]> {
  const from = at - DAY_MS;
  const ids = await editionBetween(store, edition.id, from - OLDEST_MS, at);
  const stories = [...(await readStories(store, ids)).values()];
  const fresh = stories.filter(({ firstSeen }) => firstSeen >= from && firstSeen < at);
  const chosen = chooseWeightiest(fresh, plan.stories, at);
  const rows = await readRows(
    store,
    chosen.map(({ id }) => id),
  );
  return rows.map(toLine);
}

function toLine({ story, lead }: EditionRow): DigestLine {
  const [outlet = lead.source, ...others] = outletsOf(story);
  return { story: story.id, title: lead.title, outlet, others, summary: lead.summary, place: placeOf(story) };
}

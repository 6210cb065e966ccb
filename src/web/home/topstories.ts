/** Chooses the stories above all others: those of most weight in the last day and a half that several outlets tell. */
import type { Edition } from '../../model/config.ts';
import { chooseWeightiest, outletsOf } from '../../publish/storyweight.ts';
import { editionBetween, readStories } from '../../store/stories/stories.ts';
import { HOUR_MS } from '../../text/time.ts';
import type { WebDeps } from '../deps.ts';
import { type Shared, shared } from '../http/storetimeout.ts';

const SHOWN = 5;
/** What one outlet alone tells is no top story. */
const LEAST_OUTLETS = 2;
/** Today's and last evening's; what is older was on top yesterday. */
const WINDOW_MS = 36 * HOUR_MS;
/** The newest ones that are weighed; no shipped edition has so many in the window. */
const MOST_WEIGHED = 1_000;
/** All visitors share a choice that is this old. */
const CHOICE_MS = 30_000;

export type TopStories = (edition: Edition) => Promise<readonly string[]>;

/** Ids, those of most weight first. A choice costs two commands in a row; between choices, none. */
export function createTopStories({ store, now }: Pick<WebDeps, 'store' | 'now'>): TopStories {
  const choices = new Map<string, Shared<readonly string[]>>();
  return (edition) => {
    const choice = choices.get(edition.id) ?? shared(() => choose(edition), CHOICE_MS);
    choices.set(edition.id, choice);
    return choice.read();
  };

  async function choose({ id, maxAgeMs }: Edition): Promise<readonly string[]> {
    const at = now();
    const since = at - Math.min(maxAgeMs ?? WINDOW_MS, WINDOW_MS);
    const ids = await editionBetween(store, id, since, Infinity);
    const stories = [...(await readStories(store, ids.slice(-MOST_WEIGHED))).values()];
    const told = stories.filter((story) => outletsOf(story).length >= LEAST_OUTLETS);
    return chooseWeightiest(told, SHOWN, at).map((story) => story.id);
  }
}
